internal import StrictJSON

/// Known claims put together to a claims set again, in the form in which a verified token's are judged.
struct FactsDocument {
    let bytes: [UInt8]
    let claims: JSONDocument
    let registered: RegisteredClaims

    /// - Returns: nil where the facts make no claims set: too large, or two of them contradict each other.
    init?(_ facts: ClaimFacts) {
        var writer = JSONWriter()
        Self.write(Self.entries(facts), &writer)
        let bytes = writer.bytes
        var document = JSONDocument()
        guard document.parse(bytes.span, limits: .token) == nil, document.rootKind == .object else { return nil }
        self.bytes = bytes
        claims = document
        registered = RegisteredClaims(document, bytes.span)
    }

    private struct Entry {
        let names: ArraySlice<String>
        let value: JSONValue
    }

    private static func entries(_ facts: ClaimFacts) -> [Entry] {
        let values = facts.values.filter { $0.claim.names.count <= ClaimFacts.maximumDepth }
        return values.indices.filter { index in
            let own = values[index].claim
            // A claim within another one that is known as well says nothing new.
            return !values.indices.contains { other in
                values[other].claim.covers(own) && (values[other].claim.isSame(as: own) ? other < index : true)
            }
        }.map { Entry(names: values[$0].claim.names[...], value: values[$0].value) }
    }

    /// One object: a member for each first name. As deep as the longest path, which is bounded.
    private static func write(_ entries: [Entry], _ writer: inout JSONWriter) {
        writer.beginObject()
        var seen: Set<[UInt8]> = []
        for entry in entries {
            guard let name = entry.names.first, seen.insert(Array(name.utf8)).inserted else { continue }
            writer.name(name)
            if entry.names.count == 1 {
                writer.value(entry.value)
                continue
            }
            let below = entries.filter { $0.names.first?.utf8.elementsEqual(name.utf8) ?? false }
            write(below.map { Entry(names: $0.names.dropFirst(), value: $0.value) }, &writer)
        }
        writer.endObject()
    }
}
