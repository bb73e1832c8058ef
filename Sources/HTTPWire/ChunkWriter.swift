/// The framing that goes around data in the chunked transfer coding (RFC 9112 §7.1).
package enum ChunkWriter {
    /// What stands before the data of one chunk. Nothing for zero bytes: an empty chunk would end the body.
    package static func appendBefore(dataOf count: Int, to output: inout [UInt8]) {
        if count <= 0 { return }
        var shift: UInt64 = 0
        let value = UInt64(count)
        while shift < 60, value >> (shift + 4) != 0 { shift += 4 }
        while true {
            let digit = UInt8(truncatingIfNeeded: (value >> shift) & 0xF)
            output.append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
            if shift == 0 { break }
            shift -= 4
        }
        appendAfterData(to: &output)
    }

    /// What stands behind the data of one chunk.
    package static func appendAfterData(to output: inout [UInt8]) {
        HeadWriter.append("\r\n", to: &output)
    }

    /// The last chunk and an empty trailer section.
    package static func appendEnd(to output: inout [UInt8]) {
        HeadWriter.append("0\r\n\r\n", to: &output)
    }
}
