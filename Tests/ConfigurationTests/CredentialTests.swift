import Configuration
import Testing
import YAML

@Suite struct CredentialTests {
    private func reading(_ yaml: String, credentials: String?) throws -> ConfigurationReading {
        ConfigurationReader.read(try Sample.node(yaml), credentials: credentials)
    }

    private func source(
        _ keys: String,
        credentials: String? = "/run/credentials/authd.service"
    ) throws -> KeySourceSettings.Source? {
        try reading(Sample.small("{ file: secret }", keys), credentials: credentials).settings?.keySources.first?.source
    }

    private func error(_ keys: String, credentials: String? = "/run/credentials/authd.service") throws -> String? {
        try reading(Sample.small("{ file: secret }", keys), credentials: credentials).errors.first?.description
    }

    @Test func keys_come_from_a_credential_by_its_name() throws {
        #expect(try source("{ credential: jwt, overlap: 5m }") == .file("/run/credentials/authd.service/jwt"))
    }

    @Test func every_path_may_begin_with_the_folder_of_credentials() throws {
        let path = "{ file: \"${CREDENTIALS_DIRECTORY}/jwt\" }"
        #expect(try source(path) == .file("/run/credentials/authd.service/jwt"))
        let yaml = Sample.small(adding: "revocations: { file: \"${CREDENTIALS_DIRECTORY}/revoked\" }")
        let settings = try reading(yaml, credentials: "/c").settings
        #expect(settings?.revocations?.file == "/c/revoked")
    }

    @Test func without_the_folder_the_unit_is_told_what_it_lacks() throws {
        let error = try error("{ credential: jwt }", credentials: nil)
        #expect(error?.hasPrefix("authd.yaml:9:") == true)
        #expect(error?.contains("CREDENTIALS_DIRECTORY is not set; add LoadCredential=jwt:/PATH") == true)
        #expect(try self.error("{ credential: jwt }", credentials: "relative") != nil)
    }

    @Test(arguments: ["../jwt", "a/b", "..", ".", "\"\"", "\"a b\""])
    func a_name_that_leaves_the_folder_is_refused(name: String) throws {
        #expect(try source("{ credential: \(name) }") == nil)
        #expect(try error("{ credential: \(name) }") != nil)
    }

    @Test(arguments: [
        "${HOME}/jwt", "$CREDENTIALS_DIRECTORY/jwt", "${CREDENTIALS_DIRECTORY}", "${CREDENTIALS_DIRECTORY}/../jwt",
    ])
    func no_other_variable_and_no_way_out_is_known(path: String) throws {
        #expect(try error("{ file: \"\(path)\" }") != nil)
    }

    @Test func a_credential_stands_alone() throws {
        #expect(try error("{ credential: jwt, file: secret }")?.contains("exactly one of") == true)
    }

    @Test func landlock_is_on_unless_it_is_switched_off() throws {
        #expect(try Sample.settings(Sample.small).hardening.landlock)
        let off = try Sample.settings(Sample.small(adding: "hardening: { landlock: false }"))
        #expect(!off.hardening.landlock)
        #expect(off.changeNeedsRestart(from: try Sample.settings(Sample.small)) == ["hardening"])
        #expect(
            Sample.errors(Sample.small(adding: "hardening: { landlok: false }")).first?.contains("landlock") == true
        )
    }
}
