internal import Authorization
internal import JOSE
internal import LambdaRuntime

/// The public keys of issuers, in files of the zip: `keys/NAME.json`, `keys/NAME.jwks` or `keys/NAME.pem`, NAME being the
/// issuer's in the policy. A policy names no files, and nothing is fetched: a function has 10 s to start.
struct PublicKeyFiles {
    let folder: String

    private static let endings = ["json", "jwks", "pem"]

    func ring(_ issuer: IssuerPolicy, _ log: LambdaLog) throws(InitFailure) -> KeyRing {
        let requirements = KeyRequirements(algorithms: issuer.algorithms, skipsBrokenKeys: true)
        for ending in Self.endings {
            let path = "\(folder)/\(issuer.name).\(ending)"
            guard let bytes = try read(path) else { continue }
            do throws(KeyError) {
                let file = try KeyFile(bytes.span, requirements: requirements)
                for skipped in file.skipped { log.warn("\(path): a key is passed over: \(skipped)") }
                return KeyRing(keys: file.keys)
            } catch {
                throw InitFailure("Function.KeysInvalid", "\(path): \(error)")
            }
        }
        throw InitFailure(
            "Function.KeysMissing",
            "issuer \"\(issuer.name)\" signs with public keys: put its key set into the zip as keys/\(issuer.name).json"
        )
    }

    /// - Returns: nil where there is no such file.
    private func read(_ path: String) throws(InitFailure) -> [UInt8]? {
        do throws(FileBytes.Failure) {
            return try FileBytes.read(path)
        } catch {
            guard error == .missing else { throw InitFailure("Function.KeysInvalid", "\(path) cannot be read") }
            return nil
        }
    }
}
