/// Where a rule names an issuer, which may not be there.
struct IssuerReference {
    let name: String
    let node: LocatedNode
}
