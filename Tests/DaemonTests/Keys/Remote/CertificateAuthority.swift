import NIOSSL
import TestSupport

/// A certificate authority of a test's own, made with the openssl command.
final class CertificateAuthority {
    let folder: TemporaryDirectory
    private let openssl: String

    init() throws {
        folder = try TemporaryDirectory()
        openssl = try SystemTool.required("openssl")
        try run(
            ["req", "-x509"] + Self.newKey + ["-keyout", folder.file("ca.key"), "-out", folder.file("ca.pem")]
                + ["-days", "2", "-subj", "/CN=authd test authority"]
        )
    }

    /// The file of its own certificate.
    var file: String { folder.file("ca.pem") }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

    /// What a server for `names` shows.
    /// - Parameter names: as in `DNS:localhost,IP:127.0.0.1`.
    func server(_ names: String, days: Int = 2) throws -> NIOSSLContext {
        try folder.write("subjectAltName=\(names)\n", to: "names")
        try run(
            ["req", "-new"] + Self.newKey + ["-keyout", folder.file("leaf.key"), "-out", folder.file("leaf.csr")]
                + ["-subj", "/CN=localhost"]
        )
        try run(
            ["x509", "-req", "-in", folder.file("leaf.csr"), "-CA", file, "-CAkey", folder.file("ca.key")]
                + ["-CAcreateserial", "-days", "\(days)", "-extfile", folder.file("names")]
                + ["-out", folder.file("leaf.pem")]
        )
        let chain = try NIOSSLCertificate.fromPEMFile(folder.file("leaf.pem"))
        let key = try NIOSSLPrivateKey(file: folder.file("leaf.key"), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(key)
            )
        )
    }

    private func run(_ arguments: [String]) throws {
        let process = try RunningProcess.run(openssl, arguments)
        guard process.exitStatus == .code(0) else { throw TestSupportError("openssl: \(process.allOutput)") }
    }
}
