/// What the Connection fields of a head say (RFC 9110 §7.6.1).
struct ConnectionOptions: Equatable {
    private(set) var close = false
    private(set) var keepAlive = false
    private(set) var upgrade = false
    private(set) var count = 0

    /// Reads every Connection field line. Names are compared whole and without regard to case: `closed` is not `close`.
    ///
    /// `Proxy-Connection` is no standard, but others obey it. Closing is always safe, so its `close` counts, and
    /// nothing else of it.
    init(_ fields: HeaderFields, in bytes: RawSpan) {
        guard fields.seen.intersects(Self.names) else { return }
        for field in fields.list where Self.names.contains(field.known) {
            var elements = ListElements(field.value)
            while let option = elements.next(in: bytes) {
                count += 1
                if field.known == .connection {
                    note(option, in: bytes)
                } else if FieldNameComparison.isEqual(bytes, Int(option.start), Int(option.end), "close") {
                    close = true
                }
            }
        }
    }

    private static let names = FieldSet([.connection, .proxyConnection])

    private mutating func note(_ option: ByteRange, in bytes: RawSpan) {
        let start = Int(option.start)
        let end = Int(option.end)
        switch option.count {
        case 5: close = close || FieldNameComparison.isEqual(bytes, start, end, "close")
        case 7: upgrade = upgrade || FieldNameComparison.isEqual(bytes, start, end, "upgrade")
        case 10: keepAlive = keepAlive || FieldNameComparison.isEqual(bytes, start, end, "keep-alive")
        default: break
        }
    }

    /// Whether the connection persists (RFC 9112 §9.3): `close` wins over everything.
    func persists(_ version: HTTPVersion) -> Bool {
        if close { return false }
        switch version {
        case .http11: return true
        case .http10: return keepAlive
        }
    }
}
