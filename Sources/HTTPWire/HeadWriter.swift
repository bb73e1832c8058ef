/// Appends the pieces of a message head to a buffer that the caller uses again and again.
///
/// Nothing here writes a line end that a value brought along: values and names are checked byte by byte.
package enum HeadWriter {
    /// `HTTP/1.1 200 OK` and the line end.
    package static func appendStatusLine(_ status: UInt16, to output: inout [UInt8]) {
        append("HTTP/1.1 ", to: &output)
        appendDecimal(UInt64(status), to: &output)
        append(" ", to: &output)
        append(StatusReason.phrase(status), to: &output)
        append("\r\n", to: &output)
    }

    /// A field with a value that is part of the program.
    package static func appendField(_ name: StaticString, _ value: StaticString, to output: inout [UInt8]) {
        append(name, to: &output)
        append(": ", to: &output)
        append(value, to: &output)
        append("\r\n", to: &output)
    }

    /// A field with a number.
    package static func appendField(_ name: StaticString, _ value: UInt64, to output: inout [UInt8]) {
        append(name, to: &output)
        append(": ", to: &output)
        appendDecimal(value, to: &output)
        append("\r\n", to: &output)
    }

    /// A field whose name or value came from outside of the program.
    ///
    /// Returns false and appends nothing when the name is not a token, or when the value has CR, LF, NUL or another
    /// control character: that would be a header of the sender's making (RFC 9110 §5.5).
    package static func appendField(name: Span<UInt8>, value: Span<UInt8>, to output: inout [UInt8]) -> Bool {
        guard isToken(name), isValue(value) else { return false }
        append(name, to: &output)
        append(": ", to: &output)
        append(value, to: &output)
        append("\r\n", to: &output)
        return true
    }

    /// The empty line that ends a head.
    package static func appendEnd(to output: inout [UInt8]) {
        append("\r\n", to: &output)
    }

    /// Text that is part of the program.
    package static func append(_ text: StaticString, to output: inout [UInt8]) {
        // Safe: a StaticString literal is a pointer to its code units, alive for the whole process.
        unsafe output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Bytes as they are. Not for values that were not checked.
    static func append(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        // Safe: the pointer does not leave the closure, and the span is alive for the call.
        unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    static func append(_ range: ByteRange, of bytes: Span<UInt8>, to output: inout [UInt8]) {
        guard range.range.upperBound <= bytes.count else { return }
        append(bytes.extracting(range.range), to: &output)
    }

    /// Digits without a sign or leading zeros.
    package static func appendDecimal(_ value: UInt64, to output: inout [UInt8]) {
        if value < 10 {
            output.append(0x30 + UInt8(truncatingIfNeeded: value))
            return
        }
        var divisor: UInt64 = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            output.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    /// Whether the bytes may stand in a field value.
    package static func isValue(_ value: Span<UInt8>) -> Bool {
        // Safe: a byte has no padding, so every byte of the view is initialised.
        ByteScan.firstControl(in: unsafe value.bytes, from: 0) == value.count
    }

    /// Whether the bytes are a field name.
    package static func isToken(_ name: Span<UInt8>) -> Bool {
        for index in name.indices where !ASCII.isToken(name[index]) { return false }
        return !name.isEmpty
    }
}
