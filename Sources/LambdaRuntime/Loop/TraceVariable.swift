internal import Glibc

/// `_X_AMZN_TRACE_ID`, which Lambda leaves to the runtime to set for each invocation.
enum TraceVariable {
    private static let name = "_X_AMZN_TRACE_ID"

    /// Sets or removes it. Only between two invocations, when no other thread reads the environment.
    static func set(_ value: String?) {
        if let value {
            _ = unsafe setenv(name, value, 1)
        } else {
            _ = unsafe unsetenv(name)
        }
    }
}
