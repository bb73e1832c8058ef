/// Names that must differ from each other, with the lines on which they stand.
struct NameRegister {
    private(set) var names: [String] = []
    private var origins: [String: ConfigurationOrigin] = [:]

    /// - Returns: where the name has already been used, or nil after recording it.
    mutating func enter(_ name: String, _ origin: ConfigurationOrigin) -> ConfigurationOrigin? {
        if let earlier = origins[name] { return earlier }
        origins[name] = origin
        names.append(name)
        return nil
    }

    func contains(_ name: String) -> Bool { origins[name] != nil }
}
