/// One request as a recording upstream received it.
package struct RecordedRequest: Sendable {
    package var method: String
    /// The target, byte for byte.
    package var target: String
    package var version: String
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]
    /// Which of the upstream's connections it came on, counted from 0.
    package var connection: Int

    package func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The value of a field that stands exactly once; `nil` where it is absent or repeated.
    package subscript(_ name: String) -> String? {
        let all = values(name)
        return all.count == 1 ? all[0] : nil
    }
}
