internal import Daemon
internal import JOSE
internal import StrictJSON

/// The readable parts of a token that nobody has verified.
struct DecodedToken {
    let header: JSONValue
    let claims: JSONValue
    let signatureBytes: Int

    /// - Throws: where the text is not a compact JWS of two JSON objects and a signature (RFC 7519 §7.2). The message
    ///   repeats nothing of it.
    init(_ bytes: Span<UInt8>) throws(CommandFailure) {
        guard let jws = CompactJWS(bytes, in: 0..<bytes.count) else {
            throw Self.malformed("not a compact JWS: it has to be three parts with two dots between them")
        }
        header = try Self.object("header", bytes.extracting(jws.header))
        claims = try Self.object("claims set", bytes.extracting(jws.payload))
        guard let signature = Base64URL.decode(bytes.extracting(jws.signature)) else {
            throw Self.malformed("its signature is not base64url without padding (RFC 7515 §2)")
        }
        signatureBytes = signature.count
    }

    private static func object(_ part: String, _ text: Span<UInt8>) throws(CommandFailure) -> JSONValue {
        guard let decoded = Base64URL.decode(text) else {
            throw malformed("its \(part) is not base64url without padding (RFC 7515 §2)")
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: decoded.span, limits: .token)
        } catch {
            throw malformed("its \(part) is not JSON: \(error)")
        }
        guard case .object = value.content else { throw malformed("its \(part) is not a JSON object") }
        return value
    }

    private static func malformed(_ message: String) -> CommandFailure {
        CommandFailure(.failed, "malformed token: \(message)")
    }
}
