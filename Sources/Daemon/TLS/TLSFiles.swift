package import Configuration

/// The files of certificates that a configuration names, for `authd check`.
package enum TLSFiles {
    /// Reads all of them. - Returns: what the daemon would refuse, with the place that names it.
    package static func failures(
        _ settings: Settings
    ) -> [(origin: ConfigurationOrigin?, failure: WatchedFileFailure)] {
        var found: [(origin: ConfigurationOrigin?, failure: WatchedFileFailure)] = []
        for certificate in settings.listeners.certificates {
            do throws(WatchedFileFailure) {
                _ = try ListenerCertificate.load(certificate)
            } catch {
                found.append((certificate.origin, error))
            }
        }
        for upstream in settings.upstreams where upstream.address.isEncrypted {
            do throws(WatchedFileFailure) {
                _ = try UpstreamTrust(authorities: upstream.authorities)
            } catch {
                found.append((upstream.origin, error))
            }
        }
        return found
    }
}
