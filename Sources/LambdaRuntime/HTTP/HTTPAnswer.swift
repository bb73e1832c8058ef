/// A whole answer of an HTTP server.
package struct HTTPAnswer: Sendable, Equatable {
    package let status: Int
    /// Header fields in their order, names in small letters.
    package let fields: [HTTPField]
    package let body: [UInt8]

    package init(status: Int, fields: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The first field of that name.
    /// - Parameter name: in small letters.
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
