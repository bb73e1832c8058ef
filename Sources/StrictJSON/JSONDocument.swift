/// A parsed JSON text (RFC 8259), strict: UTF-8 without a byte order mark, no duplicate names (RFC 7515 §4, RFC 7519 §4),
/// no lone surrogates, bounded depth and size.
///
/// The document does not keep the text: it holds places in it, and every accessor is given the same bytes again. One
/// document is reused for many texts, so that parsing allocates nothing once its arrays have grown.
package struct JSONDocument {
    /// The values in the order of the text; the first is the root. Empty after a failure.
    package internal(set) var nodes: [JSONNode] = []
    private let workspace = JSONWorkspace()

    package init() {}

    /// Reads `bytes[range]` and replaces what the document held. Copies of one document are not parsed into at the same
    /// time: they share their workspace.
    /// - Returns: nil, or why the text was refused. Offsets count from the start of `bytes`.
    package mutating func parse(
        _ bytes: Span<UInt8>,
        in range: Range<Int>? = nil,
        limits: JSONLimits = JSONLimits()
    ) -> JSONError? {
        let range = range ?? 0..<bytes.count
        nodes.removeAll(keepingCapacity: true)
        guard range.count <= limits.bytes, bytes.count <= Int(UInt32.max) else {
            return JSONError(.tooLong, at: range.lowerBound)
        }
        var reader = JSONReader(
            position: range.lowerBound,
            end: range.upperBound,
            limits: limits,
            nodes: [],
            workspace: workspace
        )
        swap(&reader.nodes, &nodes)
        workspace.reset()
        let failure = reader.read(bytes)
        swap(&reader.nodes, &nodes)
        if failure != nil { nodes.removeAll(keepingCapacity: true) }
        return failure
    }
}
