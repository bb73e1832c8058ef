import JOSE

/// One case: a token's bytes, and the clock it is judged by.
struct GeneratedToken {
    let bytes: [UInt8]
    let now: Double
    /// What its signature was made by, whatever the header says.
    let algorithm: SignatureAlgorithm
    /// What was done to it, for messages.
    let notes: [String]

    /// The token for a message: what cannot be printed is escaped.
    var text: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}

/// What somebody says of a token.
enum Verdict: Equatable {
    case allow, deny
    /// It does not have the algorithm.
    case unable
}
