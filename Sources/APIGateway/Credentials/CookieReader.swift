/// Finds a token in a cookie (RFC 6265 §4.2). Payload format 2.0 lists cookies in `cookies`; everywhere else they stand in
/// the header. The same name twice is repeated.
struct CookieReader {
    let name: [UInt8]
    let source: Int

    func find(_ event: EventDocument) -> FoundCredential {
        var found: [UInt8]?
        let header: [UInt8]
        switch HeaderLookup(Array("cookie".utf8), event) {
        case .absent: header = []
        case .one(let value): header = value
        case .repeated: return .repeated
        case .malformed: return .malformed
        }
        let listed = event.texts("cookies")
        guard !listed.contains(.malformed) else { return .malformed }
        let inHeader = values(in: header)
        let inList = listed.flatMap { $0.text.map(values) ?? [] }
        // The same cookies may stand in both.
        for values in [inHeader, inList] {
            guard values.count < 2 else { return .repeated }
            guard let value = values.first else { continue }
            guard found == nil || found == value else { return .repeated }
            found = value
        }
        return found.map { $0.isEmpty ? .malformed : .token($0, source: source) } ?? .absent
    }

    private func values(in text: [UInt8]) -> [[UInt8]] {
        text.split(separator: UInt8(ascii: ";")).compactMap { pair in
            let pair = pair.drop { $0 == 0x20 }
            guard pair.starts(with: name), pair.dropFirst(name.count).first == UInt8(ascii: "=") else { return nil }
            return Array(pair.dropFirst(name.count + 1))
        }
    }
}
