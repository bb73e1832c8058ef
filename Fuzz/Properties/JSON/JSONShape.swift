internal import StrictJSON

/// What must hold for every accepted document, found without the reader's own code.
enum JSONShape {
    static func check(_ document: JSONDocument, _ bytes: Span<UInt8>) throws(Violation) {
        try require(document.nodes.first.map { Int($0.next) } == document.nodes.count, "the root holds every node")
        try require(String(validating: bytes.array, as: UTF8.self) != nil, "an accepted text is UTF-8")
        for (index, node) in document.nodes.enumerated() {
            try require(node.start <= node.end && node.end <= bytes.count, "a node lies within the text")
            try require(index < Int(node.next) && Int(node.next) <= document.nodes.count, "a node leads forward")
            switch node.kind {
            case .number: try checkNumber(document, index, bytes)
            case .object: try checkNames(document, index, bytes)
            case .array, .string, .true, .false, .null: break
            }
        }
    }

    private static func checkNumber(_ document: JSONDocument, _ index: Int, _ bytes: Span<UInt8>) throws(Violation) {
        let text = String(decoding: bytes.extracting(document.nodes[index].range).array, as: UTF8.self)
        let isWhole = !text.utf8.contains { [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) }
        let integer = document.integer(index, in: bytes)
        try require(integer == (isWhole ? Int64(text) : nil), "an integer is the one that is written", text)
        let double = document.double(index, in: bytes)
        let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
        // The sign of zero means nothing in JSON.
        try require(double == expected, "a double is the nearest to what is written", text)
    }

    private static func checkNames(_ document: JSONDocument, _ object: Int, _ bytes: Span<UInt8>) throws(Violation) {
        var names: [[UInt8]] = []
        document.forEachMember(of: object) { name, _ in
            var text: [UInt8] = []
            document.appendString(name, in: bytes, to: &text)
            names.append(text)
        }
        try require(Set(names).count == names.count, "no name stands twice in an object")
        for name in names {
            let found = document.member(name.span, of: object, in: bytes)
            try require(found != nil, "every member is found by its name")
        }
    }
}
