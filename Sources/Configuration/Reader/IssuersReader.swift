internal import Authorization

/// Reads all issuers and what holds between them.
struct IssuersReader {
    let form: ConfigurationForm
    private(set) var issuers: [IssuerReading] = []
    /// The names of those that could be read at all, for rules that speak of them.
    private(set) var names = NameRegister()
    /// Whether a name that is not among `names` is a mistake of the rule that uses it.
    private(set) var knowsAllNames = true

    init(form: ConfigurationForm) { self.form = form }

    mutating func read(_ section: LocatedNode?) {
        guard let section else { return }
        guard let elements = section.elements() else {
            knowsAllNames = false
            return
        }
        if elements.isEmpty { section.fail(.invalidValue, "must not be empty", hint: "or remove the key") }
        for element in elements {
            guard let issuer = IssuerReader(form: form).read(element) else {
                knowsAllNames = false
                continue
            }
            if let earlier = names.enter(issuer.policy.name, issuer.nameOrigin) {
                let message = "the name of another issuer, on line \(earlier.place.line)"
                section.diagnostics.add(issuer.nameOrigin.error(.duplicateValue, message))
            }
            issuers.append(issuer)
        }
        refuseAmbiguous(section.diagnostics)
    }

    /// Each token belongs to at most one issuer: it is found by `iss`, or by being the only one that does not look at it.
    private func refuseAmbiguous(_ diagnostics: Diagnostics) {
        var byIssuer = NameRegister()
        var indifferent: [CredentialSource: ConfigurationOrigin] = [:]
        for issuer in issuers {
            if let text = issuer.policy.issuer {
                guard let earlier = byIssuer.enter(text, issuer.issuerOrigin) else { continue }
                let message = "the same issuer as on line \(earlier.place.line)"
                let hint = "one issuer has one set of keys: join the two"
                diagnostics.add(issuer.issuerOrigin.error(.duplicateValue, message, hint: hint))
            } else if let earlier = indifferent[issuer.policy.credential] {
                let message = "a second issuer without \"issuer\"; the first is on line \(earlier.place.line)"
                let hint = "name what stands in iss, or take the token from another place"
                diagnostics.add(issuer.issuerOrigin.error(.conflict, message, hint: hint))
            } else {
                indifferent[issuer.policy.credential] = issuer.issuerOrigin
            }
        }
    }
}
