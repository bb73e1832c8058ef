import Authorization
import Testing

@Suite struct ReasonTests {
    // The closed list of the contract: header, log, metric and explanation use these texts.
    @Test func the_reasons_are_the_contracts() {
        let contract = """
            allowed token_missing token_malformed token_repeated token_too_long algorithm_not_allowed \
            critical_header_unsupported type_not_allowed issuer_unknown key_unknown signature_invalid token_expired \
            token_not_yet_valid issued_in_future lifetime_too_long claim_missing claim_malformed audience_mismatch \
            token_revoked scope_insufficient claim_mismatch no_rule rule_denies method_not_allowed metadata_missing \
            path_ambiguous host_invalid peer_not_allowed keys_unavailable overloaded
            """
        #expect(Reason.allCases.map(\.rawValue) == contract.split(separator: " ").map(String.init))
    }

    @Test func only_allowed_allows_and_only_own_failures_are_errors() {
        for reason in Reason.allCases {
            let expected: Decision.Outcome =
                switch reason {
                case .allowed: .allow
                case .keysUnavailable, .overloaded: .error
                default: .deny
                }
            #expect(Decision(reason).outcome == expected, "\(reason)")
        }
        #expect(Decision.Outcome.allCases.map(\.rawValue) == ["allow", "deny", "error"])
    }

    @Test func each_reason_has_the_kind_that_its_status_follows_from() {
        #expect(Reason.tokenMissing.kind == .credentialMissing)
        #expect(Reason.tokenRepeated.kind == .credentialRepeated)
        #expect(Reason.allCases.filter { $0.kind == .insufficient } == [.scopeInsufficient, .claimMismatch])
        #expect(
            Reason.allCases.filter { $0.kind == .refused }
                == [
                    .noRule, .ruleDenies, .methodNotAllowed, .metadataMissing, .pathAmbiguous, .hostInvalid,
                    .peerNotAllowed,
                ]
        )
        #expect(Reason.allCases.filter { $0.kind == .credentialInvalid }.count == 16)
    }
}
