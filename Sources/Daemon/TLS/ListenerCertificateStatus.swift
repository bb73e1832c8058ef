/// How the certificate of a listener stands, for the admin endpoint.
package struct ListenerCertificateStatus: Sendable, Equatable {
    /// The path of the certificate's file.
    package let place: String
    /// When the certificate in use ends, in seconds since 1970.
    package let notAfter: Int64
    /// Why the last good certificate is in use; nil while all is well.
    package let lastError: WatchedFileFailure?
    /// Readings by what came of them.
    package let loaded: UInt64
    package let failed: UInt64

    package init(place: String, notAfter: Int64, lastError: WatchedFileFailure?, loaded: UInt64, failed: UInt64) {
        self.place = place
        self.notAfter = notAfter
        self.lastError = lastError
        self.loaded = loaded
        self.failed = failed
    }
}
