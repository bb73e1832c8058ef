import Authorization
import JOSE

extension KeyRing {
    /// The secrets of the current keys as text, in their order.
    var currentSecrets: [String] { entries.filter { $0.retiresAt == nil }.map(\.secretText) }

    /// The secrets of the retired keys.
    var retiredSecrets: [String] { entries.filter { $0.retiresAt != nil }.map(\.secretText) }
}

extension KeyRing.Entry {
    var secretText: String {
        switch key.material {
        case .secret(let secret):
            secret.withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
        case .publicKey: ""
        }
    }
}
