extension LocatedNode {
    /// The scalar; `expected` says what it must be.
    func scalar(_ expected: String) -> ConfigurationNode.Scalar? {
        guard case .scalar(let scalar) = node.content else {
            failType(expected)
            return nil
        }
        return scalar
    }

    /// A text of at least one character and at most `limit` bytes, without control characters.
    func text(limit: Int = 1024) -> String? {
        guard let scalar = scalar("a text") else { return nil }
        guard !scalar.text.isEmpty else {
            fail(.invalidValue, "must not be empty")
            return nil
        }
        guard scalar.text.utf8.count <= limit else {
            fail(.outOfRange, "longer than \(limit) bytes")
            return nil
        }
        guard scalar.text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            fail(.invalidValue, "must not contain control characters")
            return nil
        }
        return scalar.text
    }

    /// What something is called: it stands in headers, logs and metrics.
    func name() -> String? {
        guard let text = text(limit: 128) else { return nil }
        guard LocatedKey.isName(text) else {
            fail(.invalidValue, LocatedKey.nameRule)
            return nil
        }
        return text
    }

    /// `true` or `false`, not in quotes.
    func boolean() -> Bool? {
        guard let scalar = scalar("true or false") else { return nil }
        if !scalar.isQuoted, scalar.text == "true" { return true }
        if !scalar.isQuoted, scalar.text == "false" { return false }
        let spellings = ["true", "false"]
        let hint: String? =
            switch scalar.text.lowercasedASCII {
            case "true", "false": scalar.isQuoted ? "without quotes" : "in lower case"
            case "yes", "on", "1": "did you mean \"true\"?"
            case "no", "off", "0": "did you mean \"false\"?"
            default: NearestName.hint(scalar.text, among: spellings)
            }
        fail(.wrongType, "must be true or false", hint: hint)
        return nil
    }

    /// A whole number within `range`, not in quotes.
    func integer(in range: ClosedRange<Int>) -> Int? {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let scalar = scalar(expected) else { return nil }
        guard !scalar.isQuoted else {
            fail(.wrongType, "must be \(expected)", hint: scalar.text.isDigits ? "without quotes" : nil)
            return nil
        }
        let digits = scalar.text.hasPrefix("-") ? scalar.text.dropFirst() : scalar.text[...]
        guard digits.isDigits else {
            fail(.wrongType, "must be \(expected)")
            return nil
        }
        guard digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0") else {
            fail(.invalidValue, "must be \(expected)", hint: "a leading zero means octal to some readers; remove it")
            return nil
        }
        guard let value = Int(scalar.text), range.contains(value) else {
            fail(.outOfRange, "must be \(expected)")
            return nil
        }
        return value
    }

    /// A length of time within `range`: `250ms`, `30s`, `5m`, `24h`, or `0`.
    func duration(in range: ClosedRange<Duration>) -> Duration? {
        let (least, most) = (DurationText.write(range.lowerBound), DurationText.write(range.upperBound))
        guard let scalar = scalar("a length of time such as 30s") else { return nil }
        guard let value = DurationText.parse(scalar.text) else {
            let needsUnit = scalar.text.isDigits && scalar.text.utf8.count < 12
            fail(
                .invalidValue,
                "must be a whole number with one of the units ms, s, m, h",
                hint: needsUnit ? "did you mean \(scalar.text)s?" : "such as 30s"
            )
            return nil
        }
        guard range.contains(value) else {
            fail(.outOfRange, "must be from \(least) to \(most)")
            return nil
        }
        return value
    }

    /// A number of bytes within `range`: `8192`, `16KiB`, `1MiB`.
    func size(in range: ClosedRange<Int>) -> Int? {
        guard let scalar = scalar("a number of bytes such as 16KiB") else { return nil }
        guard let value = SizeText.parse(scalar.text) else {
            fail(.invalidValue, "must be a number of bytes, plain or with KiB or MiB", hint: Self.sizeHint(scalar.text))
            return nil
        }
        guard range.contains(value) else {
            fail(
                .outOfRange,
                "must be from \(SizeText.write(range.lowerBound)) to \(SizeText.write(range.upperBound))"
            )
            return nil
        }
        return value
    }

    private static func sizeHint(_ text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.isDigits, digits.utf8.count < 12 else { return "such as 16KiB" }
        switch text[digits.endIndex...].lowercasedASCII {
        case "k", "kb", "kib": return "did you mean \(digits)KiB?"
        case "m", "mb", "mib": return "did you mean \(digits)MiB?"
        default: return "such as 16KiB"
        }
    }

    /// One of a few words.
    func choice<Value>(_ options: [(name: String, value: Value)]) -> Value? {
        let names = options.map(\.name)
        let expected = "one of \(names.joined(separator: ", "))"
        guard let scalar = scalar(expected) else { return nil }
        if let option = options.first(where: { $0.name == scalar.text }) { return option.value }
        fail(.invalidValue, "must be \(expected)", hint: NearestName.hint(scalar.text, among: names))
        return nil
    }
}
