/// The kernel gave no random bytes: a seccomp filter without getrandom(2), in practice.
package struct RandomError: Error, Equatable, Sendable, CustomStringConvertible {
    package let errorNumber: ErrorNumber

    /// A short text out of a closed list, safe as a metric label.
    package var label: String { "no_random_bytes" }

    package var description: String { "the kernel gives no random bytes: \(errorNumber)" }
}
