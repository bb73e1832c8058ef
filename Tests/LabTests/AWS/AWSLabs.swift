import Testing

/// The functions and what is around them, in real parts: Terraform, SAM, containers and AWS's emulators. One after the
/// other: each starts programs that take a core for themselves.
@Suite(.serialized) struct AWSLabs {}
