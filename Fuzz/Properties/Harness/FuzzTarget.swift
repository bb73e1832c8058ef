/// One thing that is fuzzed: bytes go in, and what must hold for any bytes is checked. It lives as long as the process, so
/// that state which one input leaves behind meets the next one, as on an event loop.
package protocol FuzzTarget: AnyObject, SendableMetatype {
    init()

    /// - Throws: what does not hold for the input.
    func check(_ input: Span<UInt8>) throws(Violation)
}

/// A property that does not hold.
package struct Violation: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// States what must hold, as a sentence.
/// - Parameter found: what was there instead, for whoever looks into it.
func require(
    _ holds: Bool,
    _ claim: StaticString,
    _ found: @autoclosure () -> String = ""
) throws(Violation) {
    guard !holds else { return }
    let found = found()
    throw Violation(found.isEmpty ? "\(claim)" : "\(claim); found \(found)")
}
