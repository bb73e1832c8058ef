internal import Daemon
internal import JOSE
internal import Platform

/// A new secret: 32 random bytes as 43 characters of base64url, which are the secret as they stand.
struct FreshSecret {
    private static let bytes = 32

    /// Lends the text for the time of `body`, which must not keep it, and wipes it.
    static func withText<Result>(
        _ body: (Span<UInt8>) throws(CommandFailure) -> Result
    ) throws(CommandFailure) -> Result {
        let random: SecretBytes
        do throws(RandomError) {
            random = try RandomBytes.secret(count: bytes)
        } catch {
            throw CommandFailure(.internal, "\(error)")
        }
        var text: [UInt8] = []
        // An array that grows leaves a copy behind.
        text.reserveCapacity(64)
        random.withSpan { Base64URL.encode($0, to: &text) }
        defer { text.wipe() }
        return try body(text.span)
    }
}
