import Foundation

/// base64url by Foundation, on neither side of the comparison the product's own.
enum Base64 {
    static func url(_ bytes: [UInt8]) -> String { String(decoding: urlBytes(bytes), as: UTF8.self) }

    static func urlBytes(_ bytes: [UInt8]) -> [UInt8] {
        var text = Array(Data(bytes).base64EncodedData())
        while text.last == UInt8(ascii: "=") { text.removeLast() }
        for index in text.indices {
            if text[index] == UInt8(ascii: "+") { text[index] = UInt8(ascii: "-") }
            if text[index] == UInt8(ascii: "/") { text[index] = UInt8(ascii: "_") }
        }
        return text
    }

    /// Text of the alphabet without padding (RFC 7515 §2); the unused bits of the last character may be anything.
    static func decode(_ text: some Collection<UInt8>) -> Data? {
        var standard: [UInt8] = []
        standard.reserveCapacity(text.count + 3)
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: standard.append(byte)
            default: return nil
            }
        }
        guard standard.count % 4 != 1 else { return nil }
        while standard.count % 4 != 0 { standard.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(standard))
    }

    /// Whether the text is the one that encoding gives.
    static func isCanonical(_ text: some Collection<UInt8>) -> Bool {
        decode(text).map { urlBytes(Array($0)).elementsEqual(text) } ?? false
    }
}
