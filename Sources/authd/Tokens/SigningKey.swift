internal import Daemon
internal import JOSE
internal import Platform

/// The key that signs: the first of a key file, with its algorithm.
struct SigningKey {
    let key: VerificationKey
    let algorithm: SignatureAlgorithm
    /// What the operator should know about the key; nil: nothing.
    let warning: String?

    /// - Parameters:
    ///   - path: the key file.
    ///   - wanted: the algorithm by its name; nil: what the key says, else HS256.
    init(path: String, algorithm wanted: String?) throws(CommandFailure) {
        _ = SecureHeap.enable()
        let wantedAlgorithm = try wanted.map { name throws(CommandFailure) in try Self.algorithm(named: name) }
        key = try Self.firstKey(path)
        if let wantedAlgorithm {
            guard key.algorithms.contains(wantedAlgorithm) else {
                throw CommandFailure(.failed, "\(path): the first key is not for \(wantedAlgorithm.rawValue)")
            }
            algorithm = wantedAlgorithm
        } else {
            // Of several the file names none: a text file, or a JWK without "alg".
            algorithm = key.algorithms.count == 1 ? key.algorithms.first ?? .hs256 : .hs256
        }
        guard case .secret(let secret) = key.material, secret.count < algorithm.digestBytes else {
            warning = nil
            return
        }
        warning =
            "\(path): the secret has \(secret.count) bytes, but \(algorithm.rawValue) needs "
            + "\(algorithm.digestBytes) (RFC 7518 §3.2); authd refuses it unless minimum_secret_bytes says otherwise"
    }

    /// The compact JWS over `claims`, a JSON object.
    func sign(_ claims: [UInt8], keyID: String?) throws(CommandFailure) -> String {
        guard let token = JWSSigner.sign(claims: claims, with: key, algorithm: algorithm, keyID: keyID) else {
            throw CommandFailure(.internal, "libcrypto made no signature")
        }
        return token
    }

    private static func algorithm(named name: String) throws(CommandFailure) -> SignatureAlgorithm {
        guard let algorithm = SignatureAlgorithm(rawValue: name) else {
            let known = SignatureAlgorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--algorithm: give one of \(known)")
        }
        return algorithm
    }

    private static func firstKey(_ path: String) throws(CommandFailure) -> VerificationKey {
        // A weak secret is warned of, not refused: what is minted here is judged where it is verified.
        let requirements = KeyRequirements(algorithms: SignatureAlgorithm.allCases, minimumSecretBytes: 0)
        let content: SecretBytes
        do throws(FileError) {
            content = try SecretFile.read(path)
        } catch {
            throw CommandFailure(error)
        }
        let parsed = content.withSpan { bytes in
            Result { () throws(KeyError) in try KeyFile(bytes, requirements: requirements) }
        }
        switch parsed {
        case .failure(let error): throw CommandFailure(.failed, "\(path): \(error)")
        case .success(let file):
            guard let first = file.keys.first else { throw CommandFailure(.failed, "\(path): no key that can sign") }
            return first
        }
    }
}
