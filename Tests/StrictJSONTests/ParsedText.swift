import StrictJSON

/// A text with the document that was read from it, so that a test names only the member it looks for.
struct ParsedText {
    let bytes: [UInt8]
    private(set) var document = JSONDocument()
    let failure: JSONError?

    init(_ text: String, limits: JSONLimits = JSONLimits()) { self.init(Array(text.utf8), limits: limits) }

    init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) {
        self.bytes = bytes
        var document = JSONDocument()
        failure = document.parse(bytes.span, limits: limits)
        self.document = document
    }

    /// The node of the member `name` of the object at `object`, found by the name's bytes.
    func member(_ name: String, of object: Int = 0) -> Int? {
        let name = Array(name.utf8)
        return document.member(name.span, of: object, in: bytes.span)
    }

    func string(_ node: Int) -> String? { document.string(node, in: bytes.span) }
    func integer(_ node: Int) -> Int64? { document.integer(node, in: bytes.span) }
    func double(_ node: Int) -> Double? { document.double(node, in: bytes.span) }
    func equals(_ node: Int, _ text: String) -> Bool {
        let text = Array(text.utf8)
        return document.stringEquals(node, text.span, in: bytes.span)
    }

    /// The first element of the array at `array` of the kind `kind`.
    func firstElement(of array: Int, _ kind: JSONKind) -> Int? {
        document.firstElement(of: array) { document.nodes[$0].kind == kind }
    }

    /// The kinds of all nodes in the order of the text.
    var kinds: [JSONKind] { document.nodes.map(\.kind) }
}
