/// What goes over the control socket: one question, and lines back, the outcome first.
package enum ControlAnswer {
    /// Reads the configuration and every file again.
    package static let question = "reload\n"

    /// - Parameter failures: why nothing has changed; empty where it has.
    static func text(_ failures: [String]) -> String {
        guard !failures.isEmpty else { return "reloaded\n" }
        return (["refused"] + failures.map(line)).joined(separator: "\n") + "\n"
    }

    /// The failures that an answer tells; nil where it is no whole answer.
    package static func failures(_ answer: [UInt8]) -> [String]? {
        guard answer.last == UInt8(ascii: "\n") else { return nil }
        let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
        switch lines.first {
        case "reloaded": return []
        case "refused" where lines.count > 1: return Array(lines.dropFirst())
        default: return nil
        }
    }

    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
