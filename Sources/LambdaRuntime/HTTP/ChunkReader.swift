/// Takes a chunked body apart (RFC 9112 §7.1), in pieces of any size. Extensions and trailers are read over.
struct ChunkReader: Sendable {
    enum Progress: Sendable, Equatable {
        case needsMore
        case complete
        case malformed
        case tooLarge
    }

    private enum State {
        /// Within the digits of a size; how many there were.
        case size(digits: Int)
        case extensions
        case sizeEnd
        case data
        case dataEnd
        case dataLineEnd
        /// Within the trailers; whether the line is still empty.
        case trailer(isEmpty: Bool)
        case trailerEnd(isEmpty: Bool)
    }

    /// More digits are no size of ours.
    private static let sizeDigits = 8

    private(set) var body: [UInt8] = []
    private let limit: Int
    private var state = State.size(digits: 0)
    private var left = 0
    /// Bytes of extensions and trailers that may still come.
    private var overhead = LambdaLimits.headBytes

    /// - Parameter limit: of the body.
    init(limit: Int) { self.limit = limit }

    /// Takes bytes off the front of `bytes`, all of them unless the body is complete or refused.
    mutating func read(_ bytes: inout ArraySlice<UInt8>) -> Progress {
        while let byte = bytes.first {
            if case .data = state {
                let piece = bytes.prefix(left)
                body += piece
                bytes = bytes.dropFirst(piece.count)
                left -= piece.count
                if left == 0 { state = .dataEnd }
                continue
            }
            bytes = bytes.dropFirst()
            let progress = step(byte)
            guard progress == .needsMore else { return progress }
        }
        return .needsMore
    }

    private mutating func step(_ byte: UInt8) -> Progress {
        let isReturn = byte == 0x0D
        let isLineFeed = byte == 0x0A
        switch state {
        case .size(let digits): return size(byte, digits)
        case .extensions:
            overhead -= 1
            if isReturn { state = .sizeEnd }
            return isLineFeed || overhead < 0 ? .malformed : .needsMore
        case .sizeEnd:
            guard isLineFeed else { return .malformed }
            guard left <= limit - body.count else { return .tooLarge }
            state = left == 0 ? .trailer(isEmpty: true) : .data
        case .data: return .malformed
        case .dataEnd:
            state = .dataLineEnd
            return isReturn ? .needsMore : .malformed
        case .dataLineEnd:
            state = .size(digits: 0)
            return isLineFeed ? .needsMore : .malformed
        case .trailer(let isEmpty):
            overhead -= 1
            state = isReturn ? .trailerEnd(isEmpty: isEmpty) : .trailer(isEmpty: false)
            return isLineFeed || overhead < 0 ? .malformed : .needsMore
        case .trailerEnd(let isEmpty):
            state = .trailer(isEmpty: true)
            guard isLineFeed else { return .malformed }
            return isEmpty ? .complete : .needsMore
        }
        return .needsMore
    }

    private mutating func size(_ byte: UInt8, _ digits: Int) -> Progress {
        if let digit = Self.digit(byte) {
            guard digits < Self.sizeDigits else { return .tooLarge }
            left = left * 16 + digit
            state = .size(digits: digits + 1)
            return .needsMore
        }
        guard digits > 0 else { return .malformed }
        switch byte {
        case 0x0D: state = .sizeEnd
        case UInt8(ascii: ";"): state = .extensions
        default: return .malformed
        }
        return .needsMore
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...70: Int(byte) - 55
        case 97...102: Int(byte) - 87
        default: nil
        }
    }
}
