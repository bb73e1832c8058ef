/// What was found out about a token in one snapshot and holds as long as that snapshot does. Only ever that it was
/// accepted, and nothing that depends on the clock: `exp`, `nbf`, `iat`, the lifetime and a key's retirement are looked at
/// for each request.
struct TokenVerdict {
    /// The authorizer's count of snapshots; 0: nothing is known.
    var epoch: UInt64 = 0
    /// Which credential source the token stood in.
    var source = -1
    /// The index of the issuer whose key made the signature.
    var issuer = -1
    /// The index of that key.
    var key = -1
    /// The rule whose requirement the claims meet, and for which the identity was written; -1: none yet.
    var rule = -1
}
