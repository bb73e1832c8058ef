/// How often a source was read, by what came of it.
package struct KeyReloadCounts: Sendable, Equatable {
    /// Other keys than before.
    package var loaded: UInt64 = 0
    /// The same keys as before.
    package var unchanged: UInt64 = 0
    /// Refused or unreadable; the last good keys stayed.
    package var failed: UInt64 = 0

    package init() {}
}
