internal import Authorization
internal import Configuration

/// One entry of a file of revocations while it is read.
struct RevocationEntryReading {
    enum Key: String, CaseIterable {
        case jti, sub, issuer
        case issuedBefore = "issued_before"

        var position: Int {
            switch self {
            case .jti: 0
            case .sub: 1
            case .issuer: 2
            case .issuedBefore: 3
            }
        }
    }

    private let place: ConfigurationPlace
    private let index: Int
    /// By the key's position: whether it has come.
    private var seen: UInt8 = 0
    private var text = ""
    private var issuer: Int?
    private var moment: Timestamp?

    init(_ place: ConfigurationPlace, index: Int) {
        self.place = place
        self.index = index
    }

    /// Takes a key. - Returns: which one it is.
    mutating func key(_ text: String, _ place: ConfigurationPlace) throws(ConfigurationError) -> Key {
        guard let key = Key(rawValue: text) else {
            let names = Key.allCases.map(\.rawValue)
            let hint = NearestName.hint(text, among: names) ?? "the keys are \(names.joined(separator: ", "))"
            throw fault(.unknownKey, "unknown key", at: place, hint: hint)
        }
        guard !has(key) else { throw fault(.duplicateKey, "this key stands twice in one entry", at: place, key) }
        seen |= 1 << key.position
        guard !(has(.jti) && has(.sub)) else {
            throw fault(.conflict, "jti and sub in one entry", at: place, hint: "make two entries of it")
        }
        return key
    }

    mutating func value(
        _ text: String,
        isPlain: Bool,
        of key: Key,
        _ place: ConfigurationPlace,
        _ issuers: [String: Int],
        _ names: [String]
    ) throws(ConfigurationError) {
        switch key {
        case .jti, .sub:
            try check(text, isPlain: isPlain, key, place)
            self.text = text
        case .issuer:
            try check(text, isPlain: isPlain, key, place)
            guard let found = issuers[text] else {
                let hint = NearestName.hint(text, among: names) ?? "use the name of an issuer of the configuration"
                throw fault(.unknownReference, "there is no issuer of this name", at: place, key, hint: hint)
            }
            issuer = found
        case .issuedBefore:
            guard let found = MomentText.rfc3339(text) ?? (isPlain ? MomentText.seconds(text) : nil) else {
                let hint = "such as 2026-11-01T00:00:00Z, or seconds since 1970 without quotes"
                throw fault(.invalidValue, "must be a moment", at: place, key, hint: hint)
            }
            moment = found
        }
    }

    /// The entry is whole.
    func add(to builder: inout RevocationTableBuilder) throws(ConfigurationError) {
        let bytes = Array(text.utf8)
        if has(.jti) {
            guard moment == nil else {
                throw fault(.conflict, "issued_before belongs to sub", at: place, .issuedBefore, hint: "remove it")
            }
            builder.add(tokenID: bytes.span, issuer: issuer)
        } else if has(.sub) {
            guard let moment else {
                let hint = "such as issued_before: 2026-11-01T00:00:00Z"
                throw fault(.missingKey, "a sub needs issued_before", at: place, hint: hint)
            }
            builder.add(subject: bytes.span, issuedBefore: moment, issuer: issuer)
        } else {
            throw fault(.missingKey, "jti or sub is missing", at: place, hint: "such as jti: 0b2f…")
        }
    }

    func fault(
        _ code: ConfigurationError.Code,
        _ message: String,
        at place: ConfigurationPlace,
        _ key: Key? = nil,
        hint: String? = nil
    ) -> ConfigurationError {
        let entry = RevocationListReader.top.appending(index)
        let path = key.map { entry.appending($0.rawValue) } ?? entry
        return ConfigurationError(code, message, at: place, path: path, hint: hint)
    }

    private func has(_ key: Key) -> Bool { seen & 1 << key.position != 0 }

    /// What YAML takes for nothing or for a truth value was hardly meant as a text.
    private func check(
        _ text: String,
        isPlain: Bool,
        _ key: Key,
        _ place: ConfigurationPlace
    ) throws(ConfigurationError) {
        if isPlain, ["", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"].contains(text)
        {
            throw fault(.wrongType, "must be a text", at: place, key, hint: "put it into quotes if it is meant so")
        }
        guard !text.isEmpty else { throw fault(.invalidValue, "must not be empty", at: place, key) }
        guard text.utf8.count <= RevocationList.maximumText else {
            throw fault(.outOfRange, "longer than \(RevocationList.maximumText) bytes", at: place, key)
        }
    }
}
