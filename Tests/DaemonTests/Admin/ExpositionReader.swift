import TestSupport

/// A strict reader of Prometheus' text format 0.0.4: what it accepts, a scraper accepts.
struct ExpositionReader {
    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []
    private var family = ""

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw TestSupportError("no line end at the end") }
        var helped: Set<String> = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.hasPrefix("# HELP ") {
                let name = try Self.word(line.dropFirst(7))
                guard helped.insert(name).inserted else { throw TestSupportError("a second HELP of \(name)") }
                family = name
            } else if line.hasPrefix("# TYPE ") {
                let parts = line.dropFirst(7).split(separator: " ")
                guard parts.count == 2, ["counter", "gauge", "histogram"].contains(parts[1]) else {
                    throw TestSupportError("bad TYPE: \(line)")
                }
                guard family == parts[0], types[family] == nil else {
                    throw TestSupportError("TYPE without HELP: \(line)")
                }
                types[family] = String(parts[1])
            } else {
                try readSample(line)
            }
        }
        guard Set(samples.map { "\($0.name)\($0.labels.sorted { $0.key < $1.key })" }).count == samples.count else {
            throw TestSupportError("a series stands twice")
        }
    }

    subscript(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private static func word(_ text: Substring) throws -> String {
        guard let end = text.firstIndex(of: " ") else { throw TestSupportError("no text: \(text)") }
        return String(text[..<end])
    }

    private mutating func readSample(_ line: Substring) throws {
        var rest = line[...]
        let name = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") })
        guard !name.isEmpty, name.first?.isNumber == false else { throw TestSupportError("bad name: \(line)") }
        rest = rest.dropFirst(name.count)
        let suffixes = types[family] == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { name == family + $0 }) else {
            throw TestSupportError("a sample outside of its family: \(line)")
        }
        var labels: [String: String] = [:]
        if rest.first == "{" { (labels, rest) = try Self.labels(rest.dropFirst()) }
        guard rest.first == " " else { throw TestSupportError("no blank before the value: \(line)") }
        let number = rest.dropFirst()
        let value: Double? = number == "+Inf" ? .infinity : number == "NaN" ? .nan : Double(number)
        guard let value else { throw TestSupportError("bad value: \(line)") }
        samples.append(Sample(name: name, labels: labels, value: value))
    }

    private static func labels(_ text: Substring) throws -> ([String: String], Substring) {
        var labels: [String: String] = [:]
        var rest = text
        while true {
            let name = String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty, rest.hasPrefix("=\"") else { throw TestSupportError("bad label in \(text)") }
            rest = rest.dropFirst(2)
            var value = ""
            while let character = rest.popFirst(), character != "\"" {
                guard character == "\\" else {
                    value.append(character)
                    continue
                }
                switch rest.popFirst() {
                case "\\": value.append("\\")
                case "\"": value.append("\"")
                case "n": value.append("\n")
                default: throw TestSupportError("bad escape in \(text)")
                }
            }
            guard labels.updateValue(value, forKey: name) == nil else { throw TestSupportError("label twice: \(name)") }
            switch rest.popFirst() {
            case ",": continue
            case "}": return (labels, rest)
            default: throw TestSupportError("bad end of labels in \(text)")
            }
        }
    }
}
