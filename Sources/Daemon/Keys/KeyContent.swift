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

    /// The keys in the files' order, or the first reason against one of them; and what the operator should know of them:
    /// those that were passed over, and those that were taken and should not be used.
    func keys(
        _ requirements: KeyRequirements
    ) throws(KeySourceFailure) -> (keys: [VerificationKey], remarks: [KeySourceFailure]) {
        var keys: [VerificationKey] = []
        var remarks: [KeySourceFailure] = []
        for file in files {
            do throws(KeyError) {
                let read = try file.bytes.withSpan { (bytes) throws(KeyError) -> KeyFile in
                    try KeyFile(bytes, requirements: requirements, keyID: file.keyID)
                }
                keys += read.keys
                remarks += read.warnings.map { KeySourceFailure($0, file.path) }
                remarks += read.skipped.map { .passedOver($0, file.path) }
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
        return (keys, remarks)
    }
}
