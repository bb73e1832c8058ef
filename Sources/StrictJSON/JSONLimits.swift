/// Bounds that a document must keep. RFC 8259 §9 allows a parser to set them.
package struct JSONLimits: Sendable, Equatable {
    /// How deep arrays and objects may nest.
    package var depth: Int
    /// How many values, names included, a document may have.
    package var nodes: Int
    /// How long the text may be. Never over 2^31.
    package var bytes: Int
    /// Whether an escaped surrogate may stand alone, which RFC 8259 §8.2 leaves open. It is then read as its three bytes
    /// of generalised UTF-8, which equal no well-formed text.
    package var allowsLoneSurrogates: Bool

    package init(depth: Int = 64, nodes: Int = 100_000, bytes: Int = 1 << 20, allowsLoneSurrogates: Bool = false) {
        self.depth = depth
        self.nodes = nodes
        self.bytes = min(bytes, Int(Int32.max))
        self.allowsLoneSurrogates = allowsLoneSurrogates
    }

    /// For the header and the claims of a token, which are read before anybody is known.
    package static let token = JSONLimits(depth: 64, nodes: 4096, bytes: 1 << 16, allowsLoneSurrogates: true)
}
