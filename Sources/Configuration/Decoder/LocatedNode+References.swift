extension LocatedNode {
    /// The value names something that is not there.
    func failUnknownName(_ what: String, _ name: String, among known: [String]) {
        let near = diagnostics.isFull ? nil : NearestName.hint(name, among: known)
        let list = known.count <= 16 && !known.isEmpty ? "known: \(known.joined(separator: ", "))" : nil
        fail(.unknownReference, "there is no such \(what)", hint: near ?? list)
    }
}
