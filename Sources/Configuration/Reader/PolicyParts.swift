internal import Authorization

/// The sections of a configuration that decisions depend on.
struct PolicyParts {
    let form: ConfigurationForm
    var issuers: IssuersReader
    var rules = RulesReader()
    var limits = LimitsReader.Reading()
    private var identityHeaders: [IdentityHeader] = []

    init(form: ConfigurationForm) {
        self.form = form
        issuers = IssuersReader(form: form)
    }

    mutating func read(_ mapping: MappingDecoder) {
        issuers.read(mapping.optional("issuers"))
        rules.read(mapping.optional("rules"), root: mapping)
        rules.check(issuers: issuers)
        let sources = issuers.issuers.map(\.policy.credential)
        identityHeaders = IdentityHeadersReader.read(mapping.optional("identity_headers"), sources: sources)
        limits = LimitsReader.read(mapping.optional("limits"), form: form)
    }

    /// Only of meaning where no error was recorded.
    var policy: Policy {
        var policy = Policy(
            issuers: issuers.issuers.map(\.policy),
            rules: rules.rules.map(\.rule),
            identityHeaders: identityHeaders
        )
        if let bytes = limits.tokenBytes { policy.maximumTokenBytes = bytes }
        return policy
    }
}
