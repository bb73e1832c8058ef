internal import StrictJSON

/// What the extension answered: the body of `GetSecretValue` or of `GetParameter`.
enum ExtensionAnswer {
    struct Value {
        let secret: SecretText
        /// The number of a parameter's version; nil for a secret of Secrets Manager.
        let version: Int64?
    }

    /// Takes the secret out of the answer.
    /// - Returns: nil where the body holds none.
    static func value(_ body: Span<UInt8>) -> Value? {
        var document = JSONDocument()
        guard document.parse(body) == nil else { return nil }
        if let text = document.member("SecretString", of: 0, in: body) {
            return secret(text, document, body).map { Value(secret: $0, version: nil) }
        }
        guard let parameter = document.member("Parameter", of: 0, in: body),
            let text = document.member("Value", of: parameter, in: body),
            let secret = secret(text, document, body)
        else { return nil }
        let version = document.member("Version", of: parameter, in: body).flatMap { document.integer($0, in: body) }
        return Value(secret: secret, version: version)
    }

    /// Whether an answer that is no 200 says that there is no such version, rather than that something is broken.
    static func saysNotFound(_ status: Int, _ body: [UInt8]) -> Bool {
        guard status == 400 || status == 404 else { return false }
        return status == 404 || String(decoding: body.prefix(4096), as: UTF8.self).contains("NotFound")
    }

    private static func secret(_ node: Int, _ document: JSONDocument, _ body: Span<UInt8>) -> SecretText? {
        guard document.nodes[node].kind == .string else { return nil }
        var text: [UInt8] = []
        // One piece of memory from the start, so that growing leaves no copies behind.
        text.reserveCapacity(document.nodes[node].range.count)
        document.appendString(node, in: body, to: &text)
        defer { text.wipeInPlace() }
        guard !text.isEmpty else { return nil }
        return member(text) ?? SecretText(copying: text.span)
    }

    /// The console's form of a secret is an object of names and values: the value of `JWT_SECRET`, or of the only member.
    /// A JWK (RFC 7517) stays what it is.
    private static func member(_ text: [UInt8]) -> SecretText? {
        var document = JSONDocument()
        guard text.first == UInt8(ascii: "{"), document.parse(text.span) == nil,
            document.member("kty", of: 0, in: text.span) == nil, document.member("keys", of: 0, in: text.span) == nil
        else { return nil }
        var members: [Int] = []
        document.forEachMember(of: 0) { members.append($1) }
        let named = document.member("JWT_SECRET", of: 0, in: text.span)
        guard let node = named ?? (members.count == 1 ? members[0] : nil), document.nodes[node].kind == .string else {
            return nil
        }
        var value: [UInt8] = []
        value.reserveCapacity(document.nodes[node].range.count)
        document.appendString(node, in: text.span, to: &value)
        defer { value.wipeInPlace() }
        return value.isEmpty ? nil : SecretText(copying: value.span)
    }
}
