import LambdaRuntime
import Testing

@Suite struct SecretSettingsTests {
    private func failure(_ variables: [String: String]) -> String? {
        do throws(InitFailure) {
            _ = try SecretSettings(Environment(variables))
            return nil
        } catch {
            return error.message
        }
    }

    @Test func secrets_of_the_environment_are_there_at_once_and_never_read_again() throws {
        let settings = try #require(
            try SecretSettings(Environment(["JWT_SECRET": "new", "JWT_SECRET_PREVIOUS": "old"]))
        )
        var source = SecretSource(settings) { _ throws(HTTPFailure) in throw .timedOut }
        #expect(source.refresh(now: 0) == .changed && source.versions?.texts == ["new", "old"])
        #expect(source.refresh(now: 1 << 40) == .unread && source.keyUnknown(now: 1 << 41) == .unread)
    }

    @Test func no_secret_is_none() throws {
        #expect(try SecretSettings(Environment(["JWT_SECRET": "", "JWT_SECRET_TTL": "5"])) == nil)
    }

    @Test func times_are_seconds() throws {
        let variables = ["JWT_SECRET_ID": "x", "JWT_SECRET_TTL": "5", "JWT_SECRET_MAX_STALE": "7s"]
        let settings = try #require(try SecretSettings(Environment(variables)))
        #expect(settings.timeToLive == 5000 && settings.longestStale == 7000)
        let usual = try #require(try SecretSettings(Environment(["JWT_SECRET_PARAMETER": "x"])))
        #expect(usual.timeToLive == 60_000 && usual.longestStale == 3_600_000)
    }

    @Test func what_contradicts_itself_is_refused_and_says_why() {
        #expect(failure(["JWT_SECRET": "a", "JWT_SECRET_ID": "b"]) == "JWT_SECRET and JWT_SECRET_ID are set: keep one")
        #expect(failure(["JWT_SECRET_ID": "a", "JWT_SECRET_PARAMETER": "b"]) != nil)
        #expect(failure(["JWT_SECRET_ID": "a", "JWT_SECRET_PREVIOUS": "b"]) != nil)
        for text in ["x", "-1", "1.5", "86401", "1m"] {
            #expect(failure(["JWT_SECRET": "a", "JWT_SECRET_TTL": text])?.contains("JWT_SECRET_TTL") == true)
        }
    }

    @Test func a_secret_is_never_printed() throws {
        let settings = try #require(try SecretSettings(Environment(["JWT_SECRET": "do-not-print-me"])))
        var text = ""
        dump(settings, to: &text)
        #expect(!text.contains("do-not") && !"\(settings)".contains("do-not"))
    }

    @Test func a_port_that_is_none_is_refused() {
        do throws(InitFailure) {
            _ = try ExtensionClient.fetch(Environment(["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT": "70000"]))
            Issue.record("taken")
        } catch {
            #expect(error.message.contains("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"))
        }
    }
}
