package import Configuration
internal import Platform

/// Whom the certificates of the configured upstreams must come from. The control loop's. Files are read again at each
/// reload; where they are the same, open connections stay.
package final class UpstreamTrusts {
    private struct Entry {
        let stamp: FileStamp?
        let trust: UpstreamTrust
    }

    /// By the file's path; nil stands for the system's.
    private var entries: [String?: Entry] = [:]

    package init() {}

    /// Goes over to the settings' upstreams, or, where a file cannot be used, stays with the old ones.
    /// - Returns: why nothing has changed; nil where it has.
    package func update(_ settings: Settings) -> WatchedFileFailure? {
        var new: [String?: Entry] = [:]
        for upstream in settings.upstreams where upstream.address.isEncrypted && new[upstream.authorities] == nil {
            let stamp = upstream.authorities.flatMap { FileStamp(of: $0) }
            if let old = entries[upstream.authorities], old.stamp == stamp {
                new[upstream.authorities] = old
                continue
            }
            do throws(WatchedFileFailure) {
                new[upstream.authorities] = Entry(
                    stamp: stamp,
                    trust: try UpstreamTrust(authorities: upstream.authorities)
                )
            } catch {
                return error
            }
        }
        entries = new
        return nil
    }

    /// nil where the upstream speaks no TLS.
    func trust(_ upstream: UpstreamSettings) -> UpstreamTrust? {
        upstream.address.isEncrypted ? entries[upstream.authorities]?.trust : nil
    }
}

/// The control loop's.
@available(*, unavailable)
extension UpstreamTrusts: Sendable {}

extension UpstreamSettings.Address {
    var isEncrypted: Bool {
        switch self {
        case .https: true
        case .http, .unix: false
        }
    }
}
