internal import Configuration

/// What every message about a configuration must be.
enum ErrorShape {
    static func check(_ errors: [ConfigurationError], _ bytes: [UInt8]) throws(Violation) {
        // YAML counts CR, LF and CRLF; either is enough for a bound.
        let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        for error in errors {
            try require((1...lines).contains(error.place.line), "an error has a line of the file", "\(error.place)")
            try require(
                (1...bytes.count + 1).contains(error.place.column),
                "an error has a column of the file",
                "\(error.place)"
            )
            let text = error.description.utf8
            try require(text.count < 8000, "a message has a bounded length")
            try require(text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a message is one line and moves no cursor")
        }
    }
}
