/// What a program has written so far, and how it ended.
struct ProcessOutput: Sendable {
    private var outputBytes: [UInt8] = []
    private var errorBytes: [UInt8] = []
    private var interleaved: [UInt8] = []
    private var openStreams = 2
    private var isTaken = false
    var exit: ExitStatus?

    /// An empty read is the end of the stream.
    mutating func addOutput(_ bytes: ArraySlice<UInt8>) {
        outputBytes += bytes
        add(bytes)
    }

    mutating func addError(_ bytes: ArraySlice<UInt8>) {
        errorBytes += bytes
        add(bytes)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        interleaved += bytes
        if bytes.isEmpty { openStreams -= 1 }
    }

    /// The program has ended and nothing of its output is still to be read.
    var isComplete: Bool { exit != nil && openStreams == 0 }

    /// Everything, once it is complete, and only once.
    mutating func takeWhole() -> ProcessOutput? {
        guard isComplete, !isTaken else { return nil }
        isTaken = true
        return self
    }

    var standardOutput: String { String(decoding: outputBytes, as: UTF8.self) }
    var standardError: String { String(decoding: errorBytes, as: UTF8.self) }
    var everything: String { String(decoding: interleaved, as: UTF8.self) }

    func line(containing text: String) -> String? {
        for bytes in [outputBytes, errorBytes] {
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let candidate = String(decoding: line, as: UTF8.self)
                if candidate.contains(text) { return candidate }
            }
        }
        return nil
    }
}
