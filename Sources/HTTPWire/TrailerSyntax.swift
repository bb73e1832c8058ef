/// Where a byte stands in the trailer section (RFC 9112 §7.1.2): field lines, then an empty line.
enum TrailerSyntax: Equatable, Sendable {
    case lineStart
    case name
    case value
    /// After the CR of a field line.
    case lineFeed
    /// After the CR of the empty line.
    case finalLineFeed

    enum Step: Equatable {
        case syntax(TrailerSyntax)
        case endOfSection
        case malformed(HTTPRefusal.Code)
    }

    func next(_ byte: UInt8) -> Step {
        switch self {
        case .lineStart:
            if byte == ASCII.carriageReturn { return .syntax(.finalLineFeed) }
            if ASCII.isOptionalWhitespace(byte) { return .malformed(.lineFolded) }
            return ASCII.isToken(byte) ? .syntax(.name) : .malformed(nameFault(byte))
        case .name:
            if byte == ASCII.colon { return .syntax(.value) }
            return ASCII.isToken(byte) ? .syntax(.name) : .malformed(nameFault(byte))
        case .value:
            if byte == ASCII.carriageReturn { return .syntax(.lineFeed) }
            if byte == ASCII.lineFeed { return .malformed(.lineEndMalformed) }
            let isText = byte == ASCII.horizontalTab || (byte >= 0x20 && byte != 0x7F)
            return isText ? .syntax(.value) : .malformed(.fieldValueMalformed)
        case .lineFeed:
            return byte == ASCII.lineFeed ? .syntax(.lineStart) : .malformed(.lineEndMalformed)
        case .finalLineFeed:
            return byte == ASCII.lineFeed ? .endOfSection : .malformed(.lineEndMalformed)
        }
    }

    private func nameFault(_ byte: UInt8) -> HTTPRefusal.Code {
        byte == ASCII.lineFeed || byte == ASCII.carriageReturn ? .lineEndMalformed : .fieldNameMalformed
    }
}
