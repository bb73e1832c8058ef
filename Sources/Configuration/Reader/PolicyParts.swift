internal import Authorization

/// The sections of a configuration that decisions depend on.
struct PolicyParts {
    let form: ConfigurationForm
    var issuers: IssuersReader
    var rules = RulesReader()
    var limits = LimitsReader.Reading()
    /// All header names that are taken, for whoever wants another one.
    private(set) var headers = IdentityHeadersReader(sources: [])
    private var identityHeaders: [IdentityHeader] = []

    init(form: ConfigurationForm) {
        self.form = form
        issuers = IssuersReader(form: form)
    }

    mutating func read(_ mapping: MappingDecoder) {
        issuers.read(mapping.optional("issuers"))
        rules.read(mapping.optional("rules"), root: mapping)
        rules.check(issuers: issuers)
        headers = IdentityHeadersReader(sources: issuers.issuers.map(\.policy.credential))
        if let section = mapping.optional("identity_headers") { identityHeaders = headers.read(section) }
        rules.readHeaders(&headers)
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
