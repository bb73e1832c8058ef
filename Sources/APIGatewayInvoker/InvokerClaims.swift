internal import JOSE
internal import StrictJSON

/// The claims of one call's token (RFC 7519 §4.1).
struct InvokerClaims {
    /// `exp` - `iat`, in seconds.
    static let lifetime: Int64 = 60
    /// How long ago an expired token was issued: beyond every leeway.
    static let age: Int64 = 3600

    let json: [UInt8]

    /// - Parameter now: seconds since 1970.
    init(_ options: InvokerOptions, now: Int64) {
        let issued = options.isExpired ? now - Self.age : now
        var json = JSONWriter()
        json.beginObject()
        json.name("sub")
        json.string(options.subject)
        json.name("iat")
        json.integer(issued)
        json.name("exp")
        json.integer(issued + Self.lifetime)
        json.name("jti")
        json.string(Self.randomID())
        json.endObject()
        self.json = json.bytes
    }

    /// 128 random bits of the kernel, so that no two tokens share it (RFC 7519 §4.1.7).
    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for _ in 0..<16 { bytes.append(.random(in: 0...255, using: &generator)) }
        var text: [UInt8] = []
        Base64URL.encode(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
