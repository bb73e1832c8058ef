/// `HTTP/1.1 200 OK` (RFC 9112 §4).
struct StatusLine {
    let status: Int
    let isVersion11: Bool

    /// - Returns: nil where the line is none of HTTP/1.0 or 1.1, or the status is not one of 100 to 599.
    init?(_ line: ArraySlice<UInt8>) {
        let line = Array(line)
        guard line.count >= 12, line.starts(with: Array("HTTP/1.".utf8)), line[7] == 0x30 || line[7] == 0x31,
            line[8] == 0x20, line.count == 12 || line[12] == 0x20
        else { return nil }
        var status = 0
        for byte in line[9..<12] {
            guard (48...57).contains(byte) else { return nil }
            status = status * 10 + Int(byte - 48)
        }
        guard (100...599).contains(status) else { return nil }
        self.status = status
        isVersion11 = line[7] == 0x31
    }
}
