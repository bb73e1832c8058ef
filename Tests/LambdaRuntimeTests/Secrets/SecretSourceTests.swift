import LambdaRuntime
import Testing

@Suite struct SecretSourceTests {
    private let scripted = ScriptedExtension()

    private func source(_ location: SecretSettings.Location = .secretsManager(id: "jwt")) -> SecretSource {
        let scripted = scripted
        return SecretSource(SecretSettings(location)) { target throws(HTTPFailure) in try scripted.fetch(target) }
    }

    @Test func both_versions_are_read_with_the_first_event() {
        scripted.holds(current: "new", previous: "old")
        var source = source(.secretsManager(id: "arn:aws:secretsmanager:r:1:secret:jwt/a b"))
        #expect(source.versions == nil)
        #expect(source.refresh(now: 0) == .changed)
        #expect(source.versions?.texts == ["new", "old"])
        #expect(
            scripted.asked.first
                == "/secretsmanager/get?secretId=arn%3Aaws%3Asecretsmanager%3Ar%3A1%3Asecret%3Ajwt%2Fa%20b&versionStage=AWSCURRENT"
        )
        #expect(source.refresh(now: 59_999) == .unread && scripted.asked.count == 2)
    }

    @Test func a_secret_without_a_previous_version_is_one() {
        scripted.holds(current: "only", previous: nil)
        var source = source()
        #expect(source.refresh(now: 0) == .changed && source.versions?.texts == ["only"])
    }

    @Test func a_rotation_is_taken_up_after_the_time_to_live() {
        scripted.holds(current: "one", previous: nil)
        var source = source()
        _ = source.refresh(now: 0)
        scripted.holds(current: "two", previous: "one")
        #expect(source.refresh(now: 30_000) == .unread)
        #expect(source.refresh(now: 60_000) == .changed && source.versions?.texts == ["two", "one"])
        #expect(source.refresh(now: 120_000) == .unchanged)
    }

    @Test func an_unknown_key_looks_early_and_once() {
        scripted.holds(current: "one", previous: nil)
        var source = source()
        _ = source.refresh(now: 0)
        scripted.holds(current: "two", previous: "one")
        #expect(source.keyUnknown(now: 1000) == .changed && source.versions?.texts == ["two", "one"])
        let asked = scripted.asked.count
        for moment in 1001...1100 { #expect(source.keyUnknown(now: Int64(moment)) == .unread) }
        #expect(scripted.asked.count == asked)
    }

    @Test func the_last_good_secrets_stay_while_the_extension_fails() {
        scripted.holds(current: "one", previous: "zero")
        var source = source()
        _ = source.refresh(now: 0)
        scripted.answers = []
        #expect(source.refresh(now: 60_000) == .failed(.unreachable) && source.versions?.texts == ["one", "zero"])
        scripted.answers = [("AWSCURRENT", HTTPAnswer(status: 500))]
        #expect(source.refresh(now: 65_000) == .failed(.status(500)) && source.versions != nil)
        #expect(source.refresh(now: 3_659_999) == .failed(.status(500)) && source.versions != nil)
        #expect(source.refresh(now: 3_660_000) == .failed(.status(500)) && source.versions == nil)
        scripted.holds(current: "one", previous: nil)
        #expect(source.refresh(now: 3_660_001) == .changed)
    }

    @Test func a_previous_version_that_cannot_be_read_is_the_one_that_was_current() {
        scripted.holds(current: "one", previous: nil)
        var source = source()
        _ = source.refresh(now: 0)
        scripted.answers = [("AWSCURRENT", ScriptedExtension.secret("two")), ("AWSPREVIOUS", HTTPAnswer(status: 500))]
        #expect(source.refresh(now: 60_000) == .changed && source.versions?.texts == ["two", "one"])
        #expect(source.refresh(now: 120_000) == .unchanged && source.versions?.texts == ["two", "one"])
    }

    @Test func what_cannot_serve_does_not_replace_what_does() {
        scripted.holds(current: "good", previous: nil)
        var source = source()
        _ = source.refresh(now: 0)
        scripted.holds(current: "bad", previous: nil)
        #expect(source.refresh(now: 60_000) { $0.current.text != "bad" } == .failed(.refused))
        #expect(source.versions?.texts == ["good"])
    }

    @Test func a_parameter_s_version_before_this_one_is_the_previous() {
        scripted.answers = [
            ("version=6", ScriptedExtension.parameter("old", version: 6)),
            ("name=%2Fjwt&withDecryption=true", ScriptedExtension.parameter("new", version: 7)),
        ]
        var source = source(.parameterStore(name: "/jwt"))
        #expect(source.refresh(now: 0) == .changed && source.versions?.texts == ["new", "old"])
        #expect(scripted.asked.last == "/systemsmanager/parameters/get?name=%2Fjwt&withDecryption=true&version=6")
    }

    @Test func the_first_version_of_a_parameter_has_none_before_it() {
        scripted.answers = [("name=", ScriptedExtension.parameter("only", version: 1))]
        var source = source(.parameterStore(name: "jwt"))
        #expect(source.refresh(now: 0) == .changed && source.versions?.texts == ["only"] && scripted.asked.count == 1)
    }

    @Test func an_object_of_names_and_values_is_looked_into() {
        for text in [#"{"JWT_SECRET":"s","other":"x"}"#, #"{"anything":"s"}"#] {
            let single = ScriptedExtension()
            single.holds(current: text, previous: nil)
            var source = SecretSource(SecretSettings(.secretsManager(id: "x"))) { target throws(HTTPFailure) in
                try single.fetch(target)
            }
            #expect(source.refresh(now: 0) == .changed && source.versions?.texts == ["s"])
        }
        let key = #"{"kty":"oct","k":"AAAA"}"#
        scripted.holds(current: key, previous: nil)
        var source = source()
        #expect(source.refresh(now: 0) == .changed && source.versions?.texts == [key])
    }

    @Test func an_answer_without_a_secret_is_malformed() {
        for body in ["", "{}", "[]", #"{"SecretString":7}"#, #"{"SecretString":""}"#, #"{"SecretBinary":"AAAA"}"#] {
            scripted.answers = [("AWSCURRENT", HTTPAnswer(status: 200, body: Array(body.utf8)))]
            var source = source()
            #expect(source.refresh(now: 0) == .failed(.malformed), "\(body)")
        }
    }
}
