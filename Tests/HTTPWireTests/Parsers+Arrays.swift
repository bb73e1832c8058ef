import HTTPWire

// Expectations are macros and cannot hold a span; an array they can.

extension RequestHeadParser {
    mutating func parse(_ bytes: [UInt8], into head: inout RequestHead) -> HeadParseResult {
        parse(bytes.span, into: &head)
    }
}

extension ResponseHeadParser {
    mutating func parse(_ bytes: [UInt8], into head: inout ResponseHead) -> HeadParseResult {
        parse(bytes.span, for: ResponseContext(), into: &head)
    }
}

extension BodyReader {
    mutating func next(_ bytes: [UInt8]) -> BodyEvent { next(bytes.span) }
}

extension ChunkedDecoder {
    mutating func next(_ bytes: [UInt8]) -> BodyEvent { next(bytes.span) }
}

extension HeaderFields {
    func single(named name: String, in bytes: [UInt8]) -> FieldLookup {
        single(named: Array(name.utf8), in: bytes.span)
    }
}

extension FoldedNameSet {
    func contains(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        contains(ByteRange(range), in: bytes.span)
    }
}

extension HeadWriter {
    static func appendChecked(_ name: String, _ value: String, to output: inout [UInt8]) -> Bool {
        let name = Array(name.utf8)
        let value = Array(value.utf8)
        return appendField(name: name.span, value: value.span, to: &output)
    }
}
