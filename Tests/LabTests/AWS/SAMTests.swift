import Foundation
import TestSupport
import Testing

extension AWSLabs {
    /// `deploy/sam` with the zips of `make lambda`, served by SAM's local API Gateway over podman.
    @Suite(
        .enabled(
            if: AWSTool.areExpected(.sam) && PodmanService.isExpected && LambdaPackages.areExpected,
            "sam, podman (scripts/bootstrap --tests), root or the zips (make lambda) are not there"
        )
    )
    struct SAMTests {
        private let life: SAMLife

        init() throws {
            life = try SAMLife.recorded.get()
        }

        @Test func a_good_token_is_greeted() throws {
            let answer = try #require(life.answers[.good])
            #expect(answer.status == 200, "\(life.log)")
            #expect(answer.body == "Hello, world!")
        }

        // API Gateway itself asks nobody where the header is missing.
        @Test func a_request_without_a_token_is_unauthorized() throws {
            let answer = try #require(life.answers[.none])
            #expect(answer.status == 401)
        }

        @Test(arguments: [SAMLife.Credential.garbage, .expired, .otherSecret, .unsigned, .basic])
        func a_bad_credential_is_forbidden(credential: SAMLife.Credential) throws {
            let answer = try #require(life.answers[credential])
            #expect(answer.status == 403, "\(life.log)")
            #expect(!answer.body.contains("Hello"))
        }

        @Test func the_invoker_is_greeted() {
            #expect(life.invoked == #"{"statusCode":200,"body":"Hello, world!"}"#)
        }

        @Test func the_invoker_with_another_secret_is_unauthorized() {
            #expect(life.invokedWithAnotherSecret == #"{"errorMessage":"Unauthorized"}"#)
        }

        @Test func the_invoker_with_an_expired_token_is_unauthorized() {
            #expect(life.invokedWithExpiredToken == #"{"errorMessage":"Unauthorized"}"#)
        }

        @Test func the_functions_write_neither_secret_nor_token() {
            #expect(!life.log.contains(SAMLife.secret))
            #expect(!life.tokens.isEmpty)
            for token in life.tokens { #expect(!life.log.contains(token)) }
        }
    }
}
