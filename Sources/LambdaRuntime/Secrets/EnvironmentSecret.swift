internal import Glibc

/// Secrets that Lambda hands over in the environment.
enum EnvironmentSecret {
    /// Takes the variable's bytes; in the process's own environment nothing is left of them, so that neither a child nor
    /// `/proc/self/environ` has them.
    /// - Returns: nil where the variable is not set or empty.
    static func take(_ name: String, from environment: Environment) -> SecretText? {
        guard let bytes = environment.bytes(name) else { return nil }
        let secret = SecretText(copying: bytes.span)
        if environment.isOfProcess {
            bytes.wipeInPlace()
            erase(name)
        }
        return secret
    }

    private static func erase(_ name: String) {
        guard let value = unsafe getenv(name) else { return }
        // Safe: the text is this process's own memory and ends in NUL; only one thread runs while a function starts.
        unsafe explicit_bzero(value, strlen(value))
        _ = unsafe unsetenv(name)
    }
}
