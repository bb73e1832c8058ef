/// The values of JSON numbers.
enum JSONNumber {
    /// An integer without fraction and exponent that fits in 64 bits.
    static func integer(_ node: JSONNode, in bytes: Span<UInt8>) -> Int64? {
        guard node.kind == .number else { return nil }
        var position = node.range.lowerBound
        let isNegative = bytes[position] == .minus
        if isNegative { position += 1 }
        var value: Int64 = 0
        while position < node.range.upperBound {
            let byte = bytes[position]
            guard byte >= .zero, byte <= .nine else { return nil }
            let digit = Int64(byte - .zero)
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            // Built below zero, because Int64.min has no positive counterpart.
            let (sum, carry) = tens.subtractingReportingOverflow(digit)
            guard !overflow, !carry else { return nil }
            value = sum
            position += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// The nearest double; nil where the number is beyond all of them.
    static func double(_ node: JSONNode, in bytes: Span<UInt8>) -> Double? {
        guard node.kind == .number else { return nil }
        if let exact = integer(node, in: bytes) { return Double(exact) }
        var text = ""
        text.reserveCapacity(node.range.count)
        for position in node.range { text.unicodeScalars.append(Unicode.Scalar(bytes[position])) }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
