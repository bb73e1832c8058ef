/// Why a text is not an acceptable JSON document, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unexpectedEnd = "unexpected end"
        case unexpectedByte = "unexpected byte"
        case trailingBytes = "bytes after the document"
        case badLiteral = "neither true, false nor null"
        case badNumber = "not a number of RFC 8259"
        case badEscape = "not an escape of RFC 8259"
        case loneSurrogate = "a surrogate without its pair"
        case badUTF8 = "not UTF-8"
        case controlCharacter = "a control character inside a string"
        case duplicateName = "a name that stands twice in one object"
        case tooDeep = "nested too deep"
        case tooManyValues = "too many values"
        case tooLong = "too long"
        case wrongType = "a value of another type"
    }

    package let code: Code
    /// Bytes from the start of the text.
    package let offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    package var description: String { "\(code.rawValue), at byte \(offset)" }
}
