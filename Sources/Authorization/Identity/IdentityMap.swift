/// Which claim goes into which identity header, as an event loop uses it.
final class IdentityMap {
    /// For each name of `Policy.identityHeaderNames`, the member names from the top of the claims; empty: no claim.
    let claims: [[[UInt8]]]

    /// - Parameter headers: of two with one name, the later counts.
    init(_ names: [String], headers: [IdentityHeader]) {
        claims = names.map { name in
            let folded = name.utf8.map(\.lowercasedASCII)
            let header = headers.last { $0.header.utf8.map(\.lowercasedASCII) == folded }
            return header.map { $0.claim.names.map { Array($0.utf8) } } ?? []
        }
    }
}
