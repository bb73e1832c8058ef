internal import StrictJSON

/// NumericDate (RFC 7519 §2): a JSON number of seconds since 1970, a fraction allowed, below 2^53 so that no two dates are
/// one number.
enum NumericDate {
    static let bound = 9_007_199_254_740_992.0

    /// - Returns: nil for anything but such a number.
    static func read(_ document: JSONDocument, _ node: Int, _ bytes: Span<UInt8>) -> Double? {
        guard let seconds = document.double(node, in: bytes), seconds.magnitude < bound else { return nil }
        return seconds
    }
}
