/// The value of one header, looked for in both maps. `headers` holds the last of several values, `multiValueHeaders` all
/// of them; a client may send one name in two spellings.
enum HeaderLookup: Equatable {
    case absent
    case one([UInt8])
    /// More than one value, or the maps tell two.
    case repeated
    /// There is one, and it is no text.
    case malformed

    /// - Parameter name: in lower case.
    init(_ name: [UInt8], _ event: EventDocument) {
        let single = event.values(named: name, in: event.object("headers"), areLists: false)
        let multiple = event.values(named: name, in: event.object("multiValueHeaders"), areLists: true)
        guard single.count < 2, multiple.count < 2 else {
            self = .repeated
            return
        }
        switch (single.first, multiple.first) {
        case (nil, nil): self = .absent
        case (let value?, nil), (nil, let value?): self = value.text.map { .one($0) } ?? .malformed
        case (let value?, let other?):
            guard let text = value.text, let otherText = other.text else {
                self = .malformed
                return
            }
            self = text == otherText ? .one(text) : .repeated
        }
    }
}
