/// Which fields of a head are for this connection only (RFC 9110 §7.6.1).
package struct HopByHop: Sendable {
    /// Never forwarded, whether Connection names them or not. `TE` is among them even as `TE: trailers`, because
    /// trailers are dropped here; `HTTP2-Settings` so that no h2c upgrade slips through to an upstream.
    package static let fields = FieldSet([
        .connection, .keepAlive, .proxyConnection, .proxyAuthenticate, .proxyAuthorization, .te, .trailer,
        .transferEncoding, .upgrade, .http2Settings,
    ])

    /// What Connection cannot take away: without these a message means something else. A sender that nominates them
    /// wants the next hop to see another message than this one.
    private static let irremovable = FieldSet([.host, .contentLength, .transferEncoding])

    private let nominates: Bool

    /// Takes the fields of the head that is to be forwarded.
    package init(_ fields: HeaderFields) {
        nominates = fields.contains(.connection)
    }

    /// Whether this field of the same head must stay behind.
    ///
    /// Content-Length and Transfer-Encoding are framing, which the builders write anew; this says true for the second
    /// and false for the first.
    package func covers(_ field: HeaderField, of fields: HeaderFields, in bytes: Span<UInt8>) -> Bool {
        if Self.fields.contains(field.known) { return true }
        if !nominates || Self.irremovable.contains(field.known) { return false }
        return isNominated(field, fields, bytes)
    }

    private func isNominated(_ field: HeaderField, _ fields: HeaderFields, _ bytes: Span<UInt8>) -> Bool {
        // Safe: a byte has no padding, so every byte of the view is initialised.
        let raw = unsafe bytes.bytes
        for connection in fields.list where connection.known == .connection {
            guard connection.value.range.upperBound <= raw.byteCount else { continue }
            var elements = ListElements(connection.value)
            while let option = elements.next(in: raw) {
                if FieldNameComparison.isEqual(option, field.name, in: bytes) { return true }
            }
        }
        return false
    }
}
