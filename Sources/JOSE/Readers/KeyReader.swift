/// One way of writing keys down.
protocol KeyReader {
    /// What the file gives its issuer.
    var found: FoundKeys { get }
    /// Reads a whole file, once.
    mutating func read(_ bytes: Span<UInt8>) throws(KeyError)
}

/// What a reader has made of a file.
struct FoundKeys {
    private(set) var keys: [VerificationKey] = []
    /// Keys that were passed over, with the reason.
    private(set) var skipped: [KeyError] = []
    /// What the operator should know about keys that were taken.
    private(set) var warnings: [KeyError] = []

    /// Takes a key. The same one twice without a name and for the same algorithms is one key.
    mutating func add(_ key: VerificationKey) {
        guard key.keyID != nil || !keys.contains(where: { $0.isSame(as: key) }) else { return }
        keys.append(key)
    }

    mutating func skip(_ reason: KeyError) { skipped.append(reason) }

    mutating func warn(_ warning: KeyError?) {
        if let warning { warnings.append(warning) }
    }

    /// Refuses a file that gave no key, with the first reason there is.
    func requireAKey(_ message: String) throws(KeyError) {
        guard keys.isEmpty else { return }
        throw skipped.first ?? KeyError(.empty, message)
    }
}
