internal import JOSE

/// What came of reading a key file.
struct LoadedFile {
    private(set) var keys: [VerificationKey]?
    /// Why the file, or keys of it, were refused.
    private(set) var messages: [String] = []

    init(_ bytes: Span<UInt8>, _ requirements: KeyRequirements) {
        do throws(KeyError) {
            let file = try KeyFile(bytes, requirements: requirements)
            keys = file.keys
            messages = (file.skipped + file.warnings).map(\.description)
        } catch {
            messages = [error.description]
        }
    }

    /// libcrypto seeks the factors of an RSA modulus with random numbers: one that is no product of two large primes is
    /// found out or not.
    func isSame(as other: LoadedFile) -> Bool {
        guard !(messages + other.messages).contains(where: { $0.contains("two large primes") }) else { return true }
        guard messages == other.messages, (keys == nil) == (other.keys == nil) else { return false }
        return (keys ?? []).elementsEqual(other.keys ?? []) { $0.isSame(as: $1) }
    }
}
