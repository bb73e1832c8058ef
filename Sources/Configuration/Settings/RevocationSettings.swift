/// The file that names revoked tokens.
package struct RevocationSettings: Sendable, Equatable {
    package let file: String
    package let origin: ConfigurationOrigin

    package init(file: String, origin: ConfigurationOrigin) {
        self.file = file
        self.origin = origin
    }
}
