internal import StrictJSON

extension ConfigurationError {
    /// What the JSON reader refused, with line and column in place of its offset.
    init(_ error: JSONError, in bytes: Span<UInt8>, file: String) {
        let code: Code =
            switch error.code {
            case .duplicateName: .duplicateKey
            case .tooDeep: .tooDeep
            case .tooManyValues: .tooManyNodes
            case .tooLong: .tooLarge
            case .badUTF8: .notUTF8
            case .unexpectedEnd, .unexpectedByte, .trailingBytes, .badLiteral, .badNumber, .badEscape, .loneSurrogate,
                .controlCharacter, .wrongType:
                .syntax
            }
        let place = TextPosition.place(of: error.offset, in: bytes, file: file)
        self.init(code, "not JSON: \(error.code.rawValue)", at: place)
    }
}
