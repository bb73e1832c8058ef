/// One block of PEM (RFC 7468): a label and the DER between its two lines.
struct PEMBlock {
    enum Label: Equatable {
        case publicKey
        /// PKCS #1.
        case rsaPublicKey
        case certificate
        /// PKCS #8.
        case privateKey
        /// SEC 1.
        case ecPrivateKey
        /// OpenSSL writes them before a SEC 1 key; they say nothing that the key does not say.
        case ecParameters
        case otherPrivateKey
        case other

        init(_ name: Span<UInt8>) {
            func names(_ text: StaticString) -> Bool { name.count == text.utf8CodeUnitCount && name.hasPrefix(text) }
            self =
                if names("PUBLIC KEY") {
                    .publicKey
                } else if names("RSA PUBLIC KEY") {
                    .rsaPublicKey
                } else if names("CERTIFICATE") {
                    .certificate
                } else if names("PRIVATE KEY") {
                    .privateKey
                } else if names("EC PRIVATE KEY") {
                    .ecPrivateKey
                } else if names("EC PARAMETERS") {
                    .ecParameters
                } else if name.contains("PRIVATE KEY") {
                    .otherPrivateKey
                } else {
                    .other
                }
        }

        var isPrivate: Bool { self == .privateKey || self == .ecPrivateKey || self == .otherPrivateKey }
    }

    let label: Label
    /// The caller wipes what is secret.
    var content: [UInt8]
    /// Counted from 1.
    let position: Int
}
