/// What the process takes from itself when it starts.
package struct HardeningSettings: Sendable, Equatable {
    /// Whether it confines itself with Landlock, where the kernel has it. Then a reload cannot reach folders that nothing in
    /// the configuration lay in at the start.
    package var landlock = true

    package init() {}
}
