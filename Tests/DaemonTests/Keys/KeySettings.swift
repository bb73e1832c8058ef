import Authorization
import Configuration
import JOSE
import TestSupport

@testable import Daemon

/// Settings with nothing but issuers and where their keys are.
enum KeySettings {
    static let algorithm = SignatureAlgorithm.hs256

    static func issuer(_ name: String = "main") -> IssuerPolicy { IssuerPolicy(name: name, algorithms: [algorithm]) }

    static func keys(
        _ source: KeySourceSettings.Source,
        overlap: Double = 0,
        minimum: Int? = nil
    ) -> KeySourceSettings {
        let place = ConfigurationPlace(file: "authd.yaml", line: 1, column: 1)
        let origin = ConfigurationOrigin(place: place, path: ConfigurationPath())
        return KeySourceSettings(source: source, overlap: overlap, minimumSecretBytes: minimum, origin: origin)
    }

    static func settings(_ sources: [(name: String, keys: KeySourceSettings)]) -> Settings {
        Settings(
            listeners: ListenersSettings(),
            policy: Policy(issuers: sources.map { issuer($0.name) }, rules: []),
            keySources: sources.map(\.keys)
        )
    }

    static func settings(_ source: KeySourceSettings.Source, overlap: Double = 0) -> Settings {
        settings([("main", keys(source, overlap: overlap))])
    }

    /// A secret of 43 characters that nobody has published, another one for each number.
    static func secret(_ number: Int) -> String {
        TokenMint.base64url(SHA2.sha256.hash(Array("key source test \(number)".utf8)))
    }
}
