import Crypto
import Foundation
import JOSE

/// HMAC by swift-crypto, which shares no code with libcrypto's use in the product's own sources.
enum HMACOracle {
    static func mac(_ algorithm: SignatureAlgorithm, key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: Data(key))
        let message = Data(message)
        switch algorithm {
        case .hs256: return Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        case .hs384: return Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
        case .hs512: return Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
        default: return []
        }
    }
}
