/// A key that is the operator's own name for something.
struct LocatedKey {
    let text: String
    let origin: ConfigurationOrigin
    let diagnostics: Diagnostics

    func fail(_ code: ConfigurationError.Code, _ message: String, hint: String? = nil) {
        diagnostics.add(origin.error(code, message, hint: hint))
    }
}
