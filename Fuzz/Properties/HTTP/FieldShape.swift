internal import HTTPWire

/// What must hold for the fields of every accepted head (RFC 9110 §5).
enum FieldShape {
    static func check(_ fields: HeaderFields, _ bytes: [UInt8], within length: Int) throws(Violation) {
        for field in fields.list {
            try require(
                field.name.start < field.name.end && field.name.end < length
                    && field.value.start <= field.value.end && field.value.end < length,
                "a field lies within the head"
            )
            let name = bytes[field.name.range]
            let value = bytes[field.value.range]
            try require(name.allSatisfy(isTokenByte), "a field's name is a token")
            try require(value.allSatisfy { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }, "a value has no control bytes")
            let isTrimmed = [value.first, value.last].allSatisfy { $0 != 0x20 && $0 != 0x09 }
            try require(isTrimmed, "a value has no white space around it")
        }
    }

    /// tchar (RFC 9110 §5.6.2), written as the RFC writes it.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        "!#$%&'*+-.^_`|~".utf8.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte)
    }
}
