/// base64url without padding (RFC 4648 §5, RFC 7515 §2), canonical only: no padding, no white space, no `+` or `/`, no
/// length of 4n+1, and the unused bits of the last character are zero. One value has one text.
package enum Base64URL {
    /// Decodes `bytes[range]` into the start of `output`.
    /// - Returns: the number of bytes written; nil for text that is not canonical or does not fit.
    package static func decode(_ bytes: Span<UInt8>, in range: Range<Int>, into output: inout [UInt8]) -> Int? {
        let tail = range.count & 3
        let length = range.count / 4 * 3 + max(tail - 1, 0)
        guard tail != 1, length <= output.count, range.lowerBound >= 0, range.upperBound <= bytes.count else {
            return nil
        }
        let isValid = unsafe bytes.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe values.withUnsafeBufferPointer { values in
                    // Safe: the range lies within the bytes and the length within the output, both checked above.
                    unsafe decode(
                        UnsafeBufferPointer(rebasing: source[range]),
                        into: UnsafeMutableBufferPointer(rebasing: target[0..<length]),
                        values
                    )
                }
            }
        }
        return isValid ? length : nil
    }

    /// For each byte the six bits that it stands for; bit 7 marks a byte outside the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0x80, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    private static func decode(
        _ source: UnsafeBufferPointer<UInt8>,
        into target: UnsafeMutableBufferPointer<UInt8>,
        _ values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var position = 0
        var written = 0
        var seen: UInt8 = 0
        let whole = source.count & ~3
        while position < whole {
            // Safe: a byte is always below the 256 values, and every group of four has its three bytes of target.
            let a = unsafe values[Int(source[position])]
            let b = unsafe values[Int(source[position + 1])]
            let c = unsafe values[Int(source[position + 2])]
            let d = unsafe values[Int(source[position + 3])]
            seen |= a | b | c | d
            unsafe target[written] = a &<< 2 | b &>> 4
            unsafe target[written + 1] = b &<< 4 | c &>> 2
            unsafe target[written + 2] = c &<< 6 | d
            position &+= 4
            written &+= 3
        }
        guard position < source.count else { return seen & 0x80 == 0 }
        // Two or three characters are left; the bits that no byte takes are zero.
        let a = unsafe values[Int(source[position])]
        let b = unsafe values[Int(source[position + 1])]
        let c = unsafe position + 2 < source.count ? values[Int(source[position + 2])] : 0
        seen |= a | b | c
        unsafe target[written] = a &<< 2 | b &>> 4
        if position + 2 < source.count {
            unsafe target[written + 1] = b &<< 4 | c &>> 2
            return seen & 0x80 == 0 && c & 0x03 == 0
        }
        return seen & 0x80 == 0 && b & 0x0F == 0
    }

    /// Decodes a whole text into new memory; for keys and commands, not for the way of a request.
    package static func decode(_ bytes: Span<UInt8>) -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: bytes.count / 4 * 3 + 3)
        guard let length = decode(bytes, in: 0..<bytes.count, into: &output) else { return nil }
        output.removeLast(output.count - length)
        return output
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text of `bytes`, appended to `output`.
    package static func encode(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        var position = 0
        while position < bytes.count {
            let left = bytes.count - position
            let second = left > 1 ? UInt32(bytes[position + 1]) : 0
            let third = left > 2 ? UInt32(bytes[position + 2]) : 0
            let group = UInt32(bytes[position]) << 16 | second << 8 | third
            output.append(alphabet[Int(group >> 18)])
            output.append(alphabet[Int(group >> 12 & 63)])
            if left > 1 { output.append(alphabet[Int(group >> 6 & 63)]) }
            if left > 2 { output.append(alphabet[Int(group & 63)]) }
            position += 3
        }
    }
}
