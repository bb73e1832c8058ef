internal import Configuration
internal import JOSE
internal import Platform

/// What the files of one source say at one moment, byte for byte.
struct KeyContent: Equatable {
    struct File: Equatable {
        let path: String
        /// The kid for a key that brings none: the file's name in a directory; nil for a single file.
        let keyID: String?
        let bytes: SecretBytes
    }

    let files: [File]

    /// The largest key file, in bytes.
    static let maximumBytes = 65_536

    /// Reads every file of a listing.
    static func read(_ paths: [KeyFilePath]) throws(KeySourceFailure) -> KeyContent {
        var files: [File] = []
        for path in paths {
            do throws(FileError) {
                let bytes = try SecureFile.read(path.path, limit: maximumBytes, policy: .secret)
                files.append(File(path: path.path, keyID: path.keyID, bytes: bytes))
            } catch {
                throw KeySourceFailure(error)
            }
        }
        return KeyContent(files: files)
    }

    /// The keys in the files' order; all of them, or the first reason against one.
    func keys(_ requirements: KeyRequirements) throws(KeySourceFailure) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for file in files {
            do throws(KeyError) {
                keys += try file.bytes.withSpan { (bytes) throws(KeyError) -> [VerificationKey] in
                    try KeyFile(bytes, requirements: requirements, keyID: file.keyID).keys
                }
            } catch {
                throw KeySourceFailure(error, file.path)
            }
        }
        do throws(KeyError) {
            // Each file has been checked by itself; a kid must not stand twice among all of them either.
            if files.count > 1 { try KeyFile.check(keys, requirements) }
        } catch {
            throw KeySourceFailure(error, files.first?.path ?? "")
        }
        return keys
    }
}
