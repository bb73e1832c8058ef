internal import HTTPWire

/// Names that say who a client is or what authd decided. Only authd and the upstream may use them on this connection,
/// whatever the configuration names: a client that sends one speaks for somebody else.
enum ReservedHeaders {
    /// What common gateways and frameworks take for an authenticated identity. A service that is moved behind authd may
    /// still listen to them.
    static let identity = [
        "Remote-User", "Remote-Groups", "Remote-Name", "Remote-Email",
        "X-Remote-User", "X-Remote-Groups", "X-Remote-Group", "X-Remote-Name", "X-Remote-Email",
        "X-Auth-User", "X-Auth-Sub", "X-Auth-Subject", "X-Auth-Email", "X-Auth-Groups", "X-Auth-Roles", "X-Auth-Name",
        "X-Auth-Username", "X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Groups",
        "X-Auth-Request-Preferred-Username", "X-Auth-Request-Access-Token",
        "X-Authenticated-User", "X-Authenticated-Userid", "X-Authenticated-Email", "X-Authenticated-Groups",
        "X-Token-Subject", "X-Token-User-Name", "X-Token-User-Email", "X-Token-User-Roles", "X-WebAuth-User",
        "X-Goog-Authenticated-User-Email", "X-Goog-Authenticated-User-Id", "X-Goog-Iap-Jwt-Assertion",
        "Cf-Access-Authenticated-User-Email", "Cf-Access-Jwt-Assertion", "X-Amzn-Oidc-Identity", "X-Amzn-Oidc-Data",
        "X-Pomerium-Jwt-Assertion", "X-MS-Client-Principal", "X-MS-Client-Principal-Name", "X-MS-Client-Principal-Id",
    ]

    /// What makes some frameworks serve another method than the one that was decided on.
    static let methodOverride = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]

    private static let prefix = HeaderNameFold.fold("x-authd-")

    /// The names in a head that begin with `X-Authd-`, in whatever spelling. In nearly every head there is none.
    static func own(in fields: HeaderFields, _ bytes: Span<UInt8>) -> [String] {
        var names: [String] = []
        for field in fields.list where field.known == .other && isOwn(field.name.range, bytes) {
            names.append(String(decoding: field.name.range.map { bytes[$0] }, as: UTF8.self))
        }
        return names
    }

    private static func isOwn(_ name: Range<Int>, _ bytes: Span<UInt8>) -> Bool {
        guard name.count >= prefix.count, name.upperBound <= bytes.count else { return false }
        for offset in prefix.indices where HeaderNameFold.fold(bytes[name.lowerBound + offset]) != prefix[offset] {
            return false
        }
        return true
    }
}
