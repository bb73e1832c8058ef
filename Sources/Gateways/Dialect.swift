package import HTTPWire

/// How a gateway asks at the decision endpoint. The path alone says which dialect it is, so that no request is ever read in
/// two.
package enum Dialect: Sendable, Equatable {
    /// `/authorize`: nginx `auth_request`.
    case nginx
    /// `/authorize/forwarded`: Traefik ForwardAuth, Caddy `forward_auth`.
    case forwarded
    /// `/authorize/envoy` and below: Envoy ext_authz over HTTP.
    case envoy

    package static let envoyPrefix: StaticString = "/authorize/envoy"

    package var door: Door {
        switch self {
        case .nginx: .nginx
        case .forwarded: .forwarded
        case .envoy: .envoy
        }
    }

    /// The dialect that the request target names; nil for any other path.
    package init?(_ head: RequestHead, _ bytes: Span<UInt8>) {
        guard head.targetForm == .origin else { return nil }
        let target = bytes.extracting(head.target.range)
        if target.isPath("/authorize") {
            self = .nginx
        } else if target.isPath("/authorize/forwarded") {
            self = .forwarded
        } else if target.isPath(Self.envoyPrefix, orBelow: true) {
            self = .envoy
        } else {
            return nil
        }
    }
}

extension Span<UInt8> {
    func hasPrefix(_ prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount else { return false }
        // Safe: the loop stays within the literal's own length.
        let expected = unsafe UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        for index in 0..<expected.count where unsafe self[index] != expected[index] { return false }
        return true
    }

    /// Whether this request target has the path `path`, with or without a query.
    package func isPath(_ path: StaticString, orBelow: Bool = false) -> Bool {
        guard hasPrefix(path) else { return false }
        let length = path.utf8CodeUnitCount
        guard count > length else { return true }
        return self[length] == UInt8(ascii: "?") || (orBelow && self[length] == UInt8(ascii: "/"))
    }
}
