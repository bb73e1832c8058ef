internal import Daemon
internal import JOSE
internal import Platform

/// A token that was minted just now.
struct FreshToken {
    let text: String

    /// Mints, and warns of a weak secret on standard error.
    init(_ options: MintOptions, subject: String?, lifetime: TokenLifetime) throws(CommandFailure) {
        let signer = try SigningKey(path: options.secretFile, algorithm: options.algorithm)
        let claims = try TokenClaims(
            options,
            subject: subject,
            lifetime: lifetime,
            now: .now(),
            tokenID: try Self.randomID()
        )
        for warning in signer.warnings { Output.warning(warning) }
        text = try signer.sign(claims.json, keyID: options.kid)
    }

    /// 128 random bits, so that no two tokens share it (RFC 7519 §4.1.7).
    private static func randomID() throws(CommandFailure) -> String {
        let bytes: [UInt8]
        do throws(RandomError) {
            bytes = try RandomBytes.plain(count: 16)
        } catch {
            throw CommandFailure(.internal, "\(error)")
        }
        var text: [UInt8] = []
        Base64URL.encode(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
