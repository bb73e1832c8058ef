import JOSE

/// What came of reading a key file, in a form that tests compare.
struct LoadedKeys {
    let file: KeyFile?
    let error: KeyError?

    init(
        _ bytes: [UInt8],
        _ requirements: KeyRequirements = KeyRequirements(algorithms: [.hs256]),
        keyID: String? = nil
    ) {
        do throws(KeyError) {
            file = try KeyFile(bytes.span, requirements: requirements, keyID: keyID)
            error = nil
        } catch {
            file = nil
            self.error = error
        }
    }

    init(_ text: String, _ requirements: KeyRequirements = KeyRequirements(algorithms: [.hs256]), keyID: String? = nil)
    {
        self.init(Array(text.utf8), requirements, keyID: keyID)
    }

    /// The secrets in the order of the file.
    var secrets: [[UInt8]]? {
        file?.keys.map { key in
            switch key.material {
            case .secret(let secret): secret.withBytes { bytes in (0..<bytes.count).map { bytes[$0] } }
            case .publicKey: []
            }
        }
    }

    var texts: [String]? { secrets?.map { String(decoding: $0, as: UTF8.self) } }
    var names: [String?]? { file?.keys.map(\.keyID) }
    var code: KeyError.Code? { error?.code }
}
