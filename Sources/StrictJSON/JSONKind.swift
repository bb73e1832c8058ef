/// What a JSON value is (RFC 8259 §3).
package enum JSONKind: UInt8, Sendable, Equatable {
    case object, array, string, number, `true`, `false`, null
}
