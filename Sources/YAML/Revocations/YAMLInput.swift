internal import Configuration

/// A file on its way to libyaml, piece by piece, and held on the way to what our files must be: no character that hides
/// something, no directive, no single value that fills the memory.
final class YAMLInput {
    private let file: String
    /// The next piece; empty at the end of the file, nil where it cannot be read.
    private let next: () -> [UInt8]?
    private var piece: [UInt8] = []
    private var position = 0
    private var hasEnded = false
    private var gate = YAMLTextGate()
    /// Bytes since libyaml last made an event of what it had.
    private var waiting = 0
    /// Why the file is refused; libyaml only learns that reading failed.
    private(set) var failure: ConfigurationError?

    /// The longest value, or comment, or run of empty lines.
    static let longestPart = 1 << 20

    init(file: String, next: @escaping () -> [UInt8]?) {
        self.file = file
        self.next = next
    }

    /// Whether nothing but a byte order mark has come.
    var isEmpty: Bool { gate.isEmpty }
    /// The last byte of the file; nil where there is none.
    var lastByte: UInt8? { gate.lastByte }

    /// Where the bytes that have come end: behind a line end the next line has begun.
    var end: ConfigurationPlace {
        let isLineEnd = gate.lastByte == UInt8(ascii: "\n") || gate.lastByte == UInt8(ascii: "\r")
        return ConfigurationPlace(
            file: file,
            line: isLineEnd ? gate.line + 1 : gate.line,
            column: isLineEnd ? 1 : gate.column + 1
        )
    }

    /// libyaml has made an event.
    func madeEvent() { waiting = 0 }

    /// Hands out what comes next. - Returns: how many bytes; 0 at the end, nil for a file that is refused.
    @unsafe func fill(_ room: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        if position == piece.count, !hasEnded {
            guard readPiece() else {
                refuse(.syntax, "the file cannot be read")
                return nil
            }
            let whole = piece
            if let fault = gate.check(whole.span) {
                refuse(fault.code, fault.message, hint: fault.hint)
                return nil
            }
            if gate.startsWithMark(whole.span) { position = YAMLTextGate.markBytes }
        }
        let count = min(room.count, piece.count - position)
        // Safe: `count` is no more than the room.
        for offset in 0..<count { unsafe room[offset] = piece[position + offset] }
        position += count
        waiting += count
        guard waiting <= Self.longestPart else {
            refuse(.tooLarge, "a value or comment of more than 1 MiB before this line")
            return nil
        }
        return count
    }

    /// The first piece is longer than a byte order mark, however few bytes come at a time.
    /// - Returns: false for a file that cannot be read.
    private func readPiece() -> Bool {
        let isFirst = gate.lastByte == nil
        (piece, position) = ([], 0)
        repeat {
            guard let more = next() else { return false }
            hasEnded = more.isEmpty
            piece += more
        } while isFirst && !hasEnded && piece.count <= YAMLTextGate.markBytes
        return true
    }

    private func refuse(_ code: ConfigurationError.Code, _ message: String, hint: String? = nil) {
        let place = ConfigurationPlace(file: file, line: gate.line, column: gate.column)
        failure = ConfigurationError(code, message, at: place, hint: hint)
    }
}
