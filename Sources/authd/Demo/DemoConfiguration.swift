internal import StrictJSON

/// The configuration that the demo runs with, as a user would write it.
struct DemoConfiguration {
    let directory: DemoDirectory
    let addresses: DemoAddresses
    let upstream: DemoUpstream

    var yaml: String {
        """
        # Written by "authd demo".
        listeners:
          decision:
            - unix: \(quoted(directory.decisionSocket))
              mode: "0600"
            - tcp: \(quoted("\(addresses.decision)"))
          proxy:
            - tcp: \(quoted("\(addresses.proxy)"))
          admin:
            - tcp: \(quoted("\(addresses.admin)"))
        issuers:
          - name: demo
            algorithms: [HS256]
            keys: { file: \(quoted(directory.secretFile)), overlap: 30s }
        rules:
          - name: health
            match: { path: /healthz, methods: [GET, HEAD] }
            allow: anonymous
          - name: hello
            match: { path: /hello/** }
            require: { issuer: demo }
        identity_headers: { X-Auth-Request-User: sub }
        upstreams:
          hello: { url: \(quoted(upstream.url)) }

        """
    }

    /// A JSON string is a double-quoted scalar of YAML, whatever is in it.
    private func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
