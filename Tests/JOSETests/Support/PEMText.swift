import Foundation

/// Writes PEM for tests.
enum PEMText {
    static func block(_ label: String, _ content: [UInt8], lineLength: Int = 64, lineEnd: String = "\n") -> String {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Data(content).base64EncodedString()[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(lineLength)))
            rest = rest.dropFirst(lineLength)
        }
        lines.append("-----END \(label)-----")
        return lines.joined(separator: lineEnd) + lineEnd
    }
}
