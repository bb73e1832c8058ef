/// The same as `KeySetTarget` with a corpus and words of its own: PEM, certificates and lines of secrets.
package final class PEMTarget: FuzzTarget {
    private let keys = KeySetTarget()

    package init() {}

    package func check(_ input: Span<UInt8>) throws(Violation) { try keys.check(input) }
}
