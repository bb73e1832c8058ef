import Testing

/// Scenarios run real programs. One after the other: each blocks its thread while it waits for another process, and two
/// daemons under load at the same time on a small machine would test the machine.
@Suite(.serialized) struct Scenarios {}
