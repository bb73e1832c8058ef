/// Text from a verified token that may end up in a header: visible ASCII and inner spaces; everything else, and `%`, is
/// percent-encoded, as in the identity headers of every other door.
enum HeaderText {
    static func encode(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for (index, byte) in bytes.enumerated() {
            let isEnd = index == 0 || index == bytes.count - 1
            let isPlain = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%") || byte == 0x20 && !isEnd
            output += isPlain ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: output, as: UTF8.self)
    }
}
