/// A key set that is fetched (RFC 7517 §5), and how.
package struct RemoteKeySettings: Sendable, Equatable {
    package enum Location: Sendable, Equatable {
        /// `jwks_url`: where the key set is. Without user information and fragment.
        case keySet(url: String)
        /// `openid`: the issuer whose `/.well-known/openid-configuration` names the key set (OpenID Connect Discovery §4).
        case openID(issuer: String)
    }

    package var location: Location

    /// The URL that was written: of the key set, or of the issuer that names it.
    package var url: String {
        switch location {
        case .keySet(let url): url
        case .openID(let issuer): issuer
        }
    }

    /// When the key set is fetched again where the answer does not say (`Cache-Control: max-age`).
    package var refresh = Duration.seconds(600)
    /// Whatever the answer says, never sooner and never later than these.
    package var leastRefresh = Duration.seconds(60)
    package var longestRefresh = Duration.seconds(86_400)
    /// For one fetch as a whole.
    package var timeout = Duration.seconds(2)
    /// After a fetch for an unknown `kid`, how long no other one starts; doubles up to six times with each that finds nothing.
    package var cooldown = Duration.seconds(10)
    /// How long the last good key set counts when it cannot be fetched any more.
    package var longestStale = Duration.seconds(86_400)
    /// How long a request whose key is unknown waits for a fetch at most.
    package var wait = Duration.milliseconds(100)
    /// The largest answer in bytes.
    package var maximumBytes = 524_288
    /// The path of a file with PEM certificates to trust instead of the system's.
    package var certificateAuthority: String?
    /// Whether `http://` to a loopback address is accepted, for tests and for sidecars that fetch.
    package var allowsLoopbackHTTP = false

    package init(_ location: Location) { self.location = location }
}
