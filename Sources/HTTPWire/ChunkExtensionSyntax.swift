/// Where a byte stands in `*( ";" chunk-ext-name [ "=" chunk-ext-val ] )` (RFC 9112 §7.1.1).
///
/// The optional white space of the grammar is taken only after a semicolon: around the others it never occurs in honest
/// messages, and it is one of the places where parsers were played off against each other.
enum ChunkExtensionSyntax: Equatable, Sendable {
    case beforeName
    case name
    case beforeValue
    case value
    case quoted
    case quotedPair
    case afterQuoted

    enum Step: Equatable {
        case syntax(ChunkExtensionSyntax)
        /// The byte is the CR of the line end.
        case endOfLine
        case malformed
    }

    func next(_ byte: UInt8) -> Step {
        switch self {
        case .beforeName:
            if ASCII.isOptionalWhitespace(byte) { return .syntax(.beforeName) }
            return ASCII.isToken(byte) ? .syntax(.name) : .malformed
        case .name:
            if ASCII.isToken(byte) { return .syntax(.name) }
            return byte == ASCII.equals ? .syntax(.beforeValue) : afterParameter(byte)
        case .beforeValue:
            if byte == ASCII.quote { return .syntax(.quoted) }
            return ASCII.isToken(byte) ? .syntax(.value) : .malformed
        case .value:
            return ASCII.isToken(byte) ? .syntax(.value) : afterParameter(byte)
        case .quoted:
            if byte == ASCII.quote { return .syntax(.afterQuoted) }
            if byte == ASCII.backslash { return .syntax(.quotedPair) }
            return isText(byte) ? .syntax(.quoted) : .malformed
        case .quotedPair:
            return isText(byte) ? .syntax(.quoted) : .malformed
        case .afterQuoted:
            return afterParameter(byte)
        }
    }

    private func afterParameter(_ byte: UInt8) -> Step {
        switch byte {
        case ASCII.semicolon: .syntax(.beforeName)
        case ASCII.carriageReturn: .endOfLine
        default: .malformed
        }
    }

    /// HTAB, SP, visible ASCII and obs-text (RFC 9110 §5.6.4).
    private func isText(_ byte: UInt8) -> Bool {
        byte == ASCII.horizontalTab || (byte >= 0x20 && byte != 0x7F)
    }
}
