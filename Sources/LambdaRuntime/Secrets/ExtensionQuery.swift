/// The questions that AWS's Parameters and Secrets extension answers on localhost.
enum ExtensionQuery {
    /// The version of the secret that has a label: `AWSCURRENT` or `AWSPREVIOUS`.
    static func secret(_ id: String, stage: String) -> String {
        "/secretsmanager/get?secretId=\(encoded(id))&versionStage=\(stage)"
    }

    /// A parameter, decrypted.
    /// - Parameter version: nil: the current one.
    static func parameter(_ name: String, version: Int64? = nil) -> String {
        let suffix = version.map { "&version=\($0)" } ?? ""
        return "/systemsmanager/parameters/get?name=\(encoded(name))&withDecryption=true" + suffix
    }

    /// Percent-encodes all but unreserved characters (RFC 3986 §2.3).
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39,
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
