/// The certificate that a proxy listener shows.
package struct TLSSettings: Sendable, Equatable {
    /// Path of a PEM file: the certificate, then its chain.
    package let certificate: String
    /// Path of a PEM file.
    package let key: String
    package let origin: ConfigurationOrigin

    package init(certificate: String, key: String, origin: ConfigurationOrigin) {
        self.certificate = certificate
        self.key = key
        self.origin = origin
    }
}
