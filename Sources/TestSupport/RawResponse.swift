/// One HTTP/1.x response as it stood on the wire.
package struct RawResponse: Sendable, Equatable {
    package var version: String
    package var status: Int
    package var reason: String
    /// Every field line in order, names as sent, values without the white space around them.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]

    package static func == (left: Self, right: Self) -> Bool {
        left.version == right.version && left.status == right.status && left.body == right.body
            && left.fields.map { "\($0.name): \($0.value)" } == right.fields.map { "\($0.name): \($0.value)" }
    }

    /// All values of a field, in order; the name is compared without regard to case.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The value of a field that stands exactly once; `nil` where it is absent or repeated.
    package subscript(_ name: String) -> String? {
        let all = values(name)
        return all.count == 1 ? all[0] : nil
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// Whether the sender closes the connection after this response (RFC 9112 §9.3).
    package var closes: Bool {
        let options = values("connection").joined(separator: ",").lowercased().split(separator: ",")
            .map { String($0.filter { $0 != " " && $0 != "\t" }) }
        return options.contains("close") || (version == "HTTP/1.0" && !options.contains("keep-alive"))
    }
}
