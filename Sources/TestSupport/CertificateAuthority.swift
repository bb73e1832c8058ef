/// A certificate authority of a test's own, made with the openssl command.
package final class CertificateAuthority {
    /// The files of a certificate.
    package struct Leaf: Sendable {
        /// The certificate, PEM.
        package let certificate: String
        /// Its private key, PEM, for the owner alone.
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    package let folder: TemporaryDirectory
    private let openssl: String

    package init() throws {
        folder = try TemporaryDirectory()
        openssl = try SystemTool.required("openssl")
        try run(
            ["req", "-x509"] + Self.newKey + ["-keyout", folder.file("ca.key"), "-out", folder.file("ca.pem")]
                + ["-days", "2", "-subj", "/CN=authd test authority"]
        )
    }

    /// The file of its own certificate.
    package var file: String { folder.file("ca.pem") }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    /// A certificate of a server, written over the one before of the same file name.
    /// - Parameters:
    ///   - names: as in `DNS:localhost,IP:127.0.0.1`.
    ///   - name: of its files.
    package func leaf(_ names: String, days: Int = 2, to name: String = "leaf") throws -> Leaf {
        let leaf = Leaf(certificate: folder.file("\(name).pem"), key: folder.file("\(name).key"))
        try folder.write("subjectAltName=\(names)\n", to: "names")
        try run(
            ["req", "-new"] + Self.newKey + ["-keyout", leaf.key, "-out", folder.file("leaf.csr")]
                + ["-subj", "/CN=localhost"]
        )
        try run(
            ["x509", "-req", "-in", folder.file("leaf.csr"), "-CA", file, "-CAkey", folder.file("ca.key")]
                + ["-CAcreateserial", "-days", "\(days)", "-extfile", folder.file("names"), "-out", leaf.certificate]
        )
        return leaf
    }

    private func run(_ arguments: [String]) throws {
        let process = try RunningProcess.run(openssl, arguments)
        guard process.exitStatus == .code(0) else { throw TestSupportError("openssl: \(process.allOutput)") }
    }
}
