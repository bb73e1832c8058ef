extension Sample {
    /// Every key that `complete` leaves out.
    static let rich = """
        listeners:
          decision:
            - tcp: 127.0.0.1:9180
        issuers:
          - name: login
            preset: { cognito: { user_pool: eu-west-1_AbC123, client_id: [web, app], token_use: access } }
            keys: { refresh: 5m, overlap: 1h, wait: 50ms }
          - name: staff
            preset: { keycloak: { url: "http://localhost:8080", realm: main, audience: [api], client: web } }
            keys: { allow_http: true }
            max_lifetime: 1h
          - name: partner
            audiences: [api]
            algorithms: [ES256, EdDSA]
            keys: { openid: https://partner.example, timeout: 1s, cooldown: 30s, max_stale: 12h, ca_file: ca.pem }
            claims: { token_use: access, /realm/active: true, level: [1, 2] }
          - name: machines
            issuer: https://machines.example
            audiences: [api]
            algorithms: [PS256, RS512]
            keys: { jwks_url: "https://machines.example/keys?v=1", max_bytes: 64KiB }
          - name: lab
            issuer: https://lab.example
            audiences: [api]
            algorithms: [Ed25519, Ed448]
            keys: { directory: keys.d }
        rules:
          - name: reports
            match: { path: /reports/** }
            require:
              issuer: login
              scopes: [reports.read]
              all_of: [{ claims: { department: [eng, ops] } }]
              any_of: [{ scopes: [a] }, { claims: { "cognito:groups": admin }, any_of: [{ scopes: [b, c] }] }]
            headers: { X-Team: team, X-User: email }
          - name: shared
            match: { path: /shared, methods: [GET] }
            require: { any_of: [{ issuer: staff, claims: { /realm_access/roles: reader } }, { issuer: partner }] }
            mode: shadow
        identity_headers: { X-User: sub }
        revocations: { file: revoked.yaml }
        assertion: { key: assertion.pem, header: X-Proof, issuer: gate, audience: api, lifetime: 30s }
        limits: { remembered_tokens: 64 }
        log: { decisions: all, claims: [sub, /realm_access/roles] }

        """
}
