extension LocatedNode {
    /// A list of at least one text, none of them twice, each read by `read`, which records what is wrong with it.
    /// - Parameter whenEmpty: what to do instead of writing an empty list; nil: an empty list is meant.
    func uniqueTexts(
        whenEmpty: String?,
        _ read: (LocatedNode) -> String? = { $0.text() }
    ) -> [String]? {
        guard let elements = elements() else { return nil }
        if elements.isEmpty, let whenEmpty {
            fail(.invalidValue, "must not be empty", hint: whenEmpty)
            return nil
        }
        var texts: [String] = []
        var first: [String: LocatedNode] = [:]
        var isWhole = true
        for element in elements {
            guard let text = read(element) else {
                isWhole = false
                continue
            }
            if let earlier = first[text] {
                element.fail(.duplicateValue, "stands twice; first at \(earlier.path)")
                isWhole = false
                continue
            }
            first[text] = element
            texts.append(text)
        }
        return isWhole ? texts : nil
    }

    /// One text, or a list of several of which any will do.
    func oneOrMoreTexts() -> [String]? {
        if case .scalar = node.content { return text().map { [$0] } }
        return uniqueTexts(whenEmpty: "or remove the key")
    }
}
