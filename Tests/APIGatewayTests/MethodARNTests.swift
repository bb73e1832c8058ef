import APIGateway
import Testing

@Suite struct MethodARNTests {
    @Test func an_arn_comes_apart() throws {
        let arn = try #require(MethodARN("arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/a/b:c"))
        #expect(arn.prefix == "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/")
        #expect(arn.rest == "GET/a/b:c" && arn.stage == "prod" && arn.method == "GET" && arn.path == "/a/b:c")
    }

    @Test(arguments: ["aws", "aws-cn", "aws-us-gov", "aws-iso-b"])
    func the_partition_stays(_ partition: String) throws {
        let arn = try #require(MethodARN("arn:\(partition):execute-api:r:1:a/s/GET/"))
        #expect(arn.prefix == "arn:\(partition):execute-api:r:1:a/s/" && arn.path == "/")
    }

    @Test func a_method_without_a_slash_is_the_root() {
        #expect(MethodARN("arn:aws:execute-api:r:1:a/s/GET")?.path == "/")
        #expect(MethodARN("arn:aws:execute-api:r:1:a/s/GET")?.rest == "GET")
    }

    @Test func connect_has_no_method() {
        let arn = MethodARN("arn:aws:execute-api:r:1:a/$default/$connect")
        #expect(arn?.method == nil && arn?.path == "/$connect" && arn?.stage == "$default")
    }

    @Test(
        arguments: [
            "", "x", "*", "arn:aws:execute-api:r:1:a", "arn:aws:execute-api:r:1:a/s", "arn:aws:s3:r:1:a/s/GET/",
            "arn:aws:execute-api:*:1:a/s/GET/", "arn:aws:execute-api:r:*:a/s/GET/", "arn:aws:execute-api:r:1:*/s/GET/",
            "arn:aws:execute-api:r:1:a/s*/GET/", "arn:aws:execute-api:r:1:a/s/*/x", "arn:aws:execute-api:r:1:a/s/G?T/x",
            "arn:aws:execute-api:r:1:a/${aws:username}/GET/x", "arn:aws:execute-api:r:1:a/s/get/x",
            "arn:aws:execute-api::1:a/s/GET/", "arn:aws:execute-api:r:1:/s/GET/", "arn:aws:execute-api:r:1:a//GET/",
            "arn:evil:execute-api:r:1:a/s/GET/", "ARN:aws:execute-api:r:1:a/s/GET/", "arn:aws:execute-api:r:1:a/s//x",
            "arn:aws:execute-api:r:1:a/s/GET/\n", "arn:aws:execute-api:r:1:a/s/$connect/x",
            "arn:aws:execute-api:r:1:a/s/$default/x", "arn:aws:execute-api:r:1:a\u{300}/s/GET/x",
            "arn:aws:execute-api:r:1:a/s/GET\u{300}x/../y",
        ]
    )
    func what_is_no_arn_of_a_request_is_refused(_ text: String) { #expect(MethodARN(text) == nil) }

    /// In Swift's characters a slash and an accent behind it are one, and no slash.
    @Test func bytes_separate_and_not_characters() {
        let arn = MethodARN("arn:aws:execute-api:r:1:a/s/GET/\u{300}x:\u{301}y")
        #expect(arn?.path == "/\u{300}x:\u{301}y" && arn?.method == "GET" && arn?.prefix.utf8.last == UInt8(ascii: "/"))
    }

    @Test func an_arn_longer_than_any_is_refused() {
        let start = "arn:aws:execute-api:r:1:a/s/GET/"
        let fitting = start + String(repeating: "a", count: 1600 - start.utf8.count)
        #expect(MethodARN(fitting) != nil && MethodARN(fitting + "a") == nil)
    }
}
