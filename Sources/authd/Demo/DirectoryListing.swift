internal import Glibc

/// What is in a directory.
enum DirectoryListing {
    /// The names in it but for `.` and `..`, in no order; nil and `errno` where it cannot be read.
    static func names(_ path: String) -> [String]? {
        // The path lives for the call.
        guard let stream = unsafe opendir(path) else { return nil }
        // The stream is open until here, and `entry` is looked at before the next call replaces it.
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
