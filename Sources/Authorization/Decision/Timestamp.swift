/// A moment: seconds since 1970-01-01T00:00:00Z without leap seconds, as NumericDate counts (RFC 7519 §2). Fractions are
/// exact to about a microsecond.
package struct Timestamp: Sendable, Equatable, Comparable {
    package var seconds: Double

    package init(seconds: Double) { self.seconds = seconds }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }
}
