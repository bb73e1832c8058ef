internal import Daemon
internal import JOSE
internal import Platform

/// The key that signs: the first of a key file of secrets, or a private key, with its algorithm.
struct SigningKey {
    private enum Material {
        case secret(VerificationKey)
        case privateKey(PrivateKey)
    }

    private let material: Material
    let algorithm: SignatureAlgorithm
    /// What the operator should know about the key.
    let warnings: [String]

    /// - Parameters:
    ///   - path: the key file.
    ///   - wanted: the algorithm by its name; nil: what the key says, else HS256.
    init(path: String, algorithm wanted: String?) throws(CommandFailure) {
        _ = SecureHeap.enable()
        let wantedAlgorithm = try wanted.map { name throws(CommandFailure) in try Self.algorithm(named: name) }
        let (material, found) = try Self.load(path)
        self.material = material
        let possible: Set<SignatureAlgorithm>
        switch material {
        case .secret(let key): possible = key.algorithms
        case .privateKey(let key): possible = [key.algorithm]
        }
        if let wantedAlgorithm {
            guard possible.contains(wantedAlgorithm) else {
                throw CommandFailure(.failed, "\(path): the first key is not for \(wantedAlgorithm.rawValue)")
            }
            algorithm = wantedAlgorithm
        } else {
            // Of several the file names none: a text file, or a JWK without "alg".
            algorithm = possible.count == 1 ? possible.first ?? .hs256 : .hs256
        }
        var warnings = found.map { "\(path): \($0)" }
        if case .secret(let key) = material, case .secret(let secret) = key.material,
            secret.count < algorithm.digestBytes
        {
            warnings.append(
                "\(path): the secret has \(secret.count) bytes, but \(algorithm.rawValue) needs "
                    + "\(algorithm.digestBytes) (RFC 7518 §3.2); authd refuses it unless minimum_secret_bytes says otherwise"
            )
        }
        self.warnings = warnings
    }

    /// The compact JWS over `claims`, a JSON object.
    func sign(_ claims: [UInt8], keyID: String?) throws(CommandFailure) -> String {
        let token =
            switch material {
            case .secret(let key): JWSSigner.sign(claims: claims, with: key, algorithm: algorithm, keyID: keyID)
            case .privateKey(let key): JWSSigner.sign(claims: claims, with: key, keyID: keyID)
            }
        guard let token else { throw CommandFailure(.internal, "libcrypto made no signature") }
        return token
    }

    /// The algorithms that something here can sign with.
    private static let algorithms = SignatureAlgorithm.allCases.filter { algorithm in
        algorithm.isSymmetric || algorithm == .es256 || algorithm == .edDSA
    }

    private static func algorithm(named name: String) throws(CommandFailure) -> SignatureAlgorithm {
        guard let algorithm = algorithms.first(where: { $0.rawValue == name }) else {
            let known = algorithms.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure(.usage, "--algorithm: give one of \(known)")
        }
        return algorithm
    }

    private static func load(_ path: String) throws(CommandFailure) -> (Material, [KeyError]) {
        // A weak secret is warned of, not refused: what is minted here is judged where it is verified.
        let requirements = KeyRequirements(
            algorithms: SignatureAlgorithm.allCases,
            minimumSecretBytes: 0,
            allowsPublishedSecrets: true
        )
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
        case .failure(let error) where error.code == .privateKey:
            let key = content.withSpan { bytes in Result { () throws(KeyError) in try PrivateKey(bytes) } }
            switch key {
            case .success(let key): return (.privateKey(key), [])
            case .failure(let error): throw CommandFailure(.failed, "\(path): \(error)")
            }
        case .failure(let error): throw CommandFailure(.failed, "\(path): \(error)")
        case .success(let file):
            guard let first = file.keys.first, case .secret = first.material else {
                throw CommandFailure(.failed, "\(path): no key that can sign; a public key only verifies")
            }
            return (.secret(first), file.warnings.filter { $0.position <= 1 })
        }
    }
}
