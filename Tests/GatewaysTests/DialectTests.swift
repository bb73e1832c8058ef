import Authorization
import Gateways
import Testing

@Suite struct DialectTests {
    @Test(arguments: [
        ("/authorize", Dialect.nginx), ("/authorize?x=1", .nginx), ("/authorize/forwarded", .forwarded),
        ("/authorize/envoy", .envoy), ("/authorize/envoy/a/b?c", .envoy),
    ])
    func the_path_alone_names_the_dialect(path: String, dialect: Dialect) throws {
        let question = try #require(GatewayQuestion(["GET \(path) HTTP/1.1", "Host: authd"]))
        #expect(question.dialect == dialect)
    }

    @Test(arguments: [
        "/", "/authorizex", "/authorize/", "/authorize/nginx", "/authorize/envoyx", "/Authorize",
        "/authorize/forwarded/x",
    ])
    func another_path_is_no_dialect(path: String) throws {
        let question = try #require(GatewayQuestion(["GET \(path) HTTP/1.1", "Host: authd"]))
        #expect(question.dialect == nil)
    }

    @Test func nginx_names_method_target_and_host_in_its_own_fields() throws {
        let question = try #require(
            GatewayQuestion([
                "GET /authorize HTTP/1.0", "X-Original-Method: POST", "X-Original-URI: /a%20b?c=d",
                "X-Original-Host: api.example:8443", "X-Forwarded-Method: DELETE", "Authorization: Bearer abc",
            ])
        )
        let found = try #require(question.found())
        #expect(found.method == "POST")
        #expect(found.target == "/a%20b?c=d")
        #expect(found.host == "api.example:8443")
        #expect(found.token == "abc")
    }

    @Test func nginx_may_leave_the_host_out_and_the_request_lines_host_is_never_taken() throws {
        let lines = ["GET /authorize HTTP/1.1", "Host: authd", "X-Original-Method: GET", "X-Original-URI: /a"]
        let question = try #require(GatewayQuestion(lines))
        #expect(try #require(question.found()).host == nil)
    }

    @Test(arguments: [
        ["X-Original-URI: /a"],
        ["X-Original-Method: GET"],
        ["X-Original-Method:", "X-Original-URI: /a"],
        ["X-Original-Method: GET", "X-Original-URI:"],
        ["X-Original-Method: GET", "X-Original-URI: /a", "X-Original-URI: /b"],
        ["X-Original-Method: GET", "x-original-method: POST", "X-Original-URI: /a"],
        ["X-Original-Method: GET", "X-Original-URI: /a", "X-Original-Host: a", "X-Original-Host: b"],
        ["X-Forwarded-Method: GET", "X-Forwarded-Uri: /a", "X-Forwarded-Host: a"],
    ])
    func a_field_that_nginx_must_set_is_never_replaced_by_another(fields: [String]) throws {
        let question = try #require(GatewayQuestion(["GET /authorize HTTP/1.1", "Host: authd"] + fields))
        #expect(question.read() == .refused(.metadataMissing))
    }

    @Test(arguments: [
        ["X-Forwarded-Uri: /a", "X-Forwarded-Host: a"],
        ["X-Forwarded-Method: GET", "X-Forwarded-Host: a"],
        ["X-Forwarded-Method: GET", "X-Forwarded-Uri: /a"],
        ["X-Forwarded-Method: GET", "X-Forwarded-Uri: /a", "X-Forwarded-Host: a", "X-Forwarded-Host: a"],
        ["X-Original-Method: GET", "X-Original-URI: /a", "X-Original-Host: a"],
    ])
    func a_field_that_traefik_and_caddy_must_set_is_never_replaced(fields: [String]) throws {
        let question = try #require(GatewayQuestion(["GET /authorize/forwarded HTTP/1.1", "Host: authd"] + fields))
        #expect(question.read() == .refused(.metadataMissing))
    }

    @Test func envoy_asks_with_the_original_request_line_and_host() throws {
        let question = try #require(
            GatewayQuestion(["PUT /authorize/envoy/x/y?z HTTP/1.1", "Host: api.example", "X-Original-URI: /other"])
        )
        let found = try #require(question.found())
        #expect(found.method == "PUT")
        #expect(found.target == "/x/y?z")
        #expect(found.host == "api.example")
    }

    @Test func envoy_without_a_path_behind_the_prefix_is_refused() throws {
        let question = try #require(GatewayQuestion(["GET /authorize/envoy HTTP/1.1", "Host: a"]))
        #expect(question.read() == .refused(.metadataMissing))
    }
}
