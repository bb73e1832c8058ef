internal import JOSE
internal import LambdaRuntime
internal import StrictJSON

/// Calls the API with a fresh token for each event, and answers with status and body.
struct Invoker: InvocationHandler {
    private let url: InvokerURL
    private var secret: SigningSecret
    private let client: APIClient

    init(_ environment: Environment, _ log: LambdaLog) throws(InitFailure) {
        url = try InvokerURL(environment, log)
        secret = try SigningSecret(environment, log)
        // Last, since a client that is let go without a shutdown is a fault of the program.
        client = APIClient()
    }

    mutating func handle(_ event: [UInt8], _ invocation: Invocation) throws(InvocationFailure) -> [UInt8] {
        let options = try InvokerOptions(event)
        let now = WallClock.milliseconds()
        let claims = InvokerClaims(options, now: now / 1000)
        let key = try secret.key(now: now, invocation.log)
        guard let token = JWSSigner.sign(claims: claims.json, with: key, algorithm: .hs256) else {
            throw InvocationFailure("Function.SigningFailed", "the token could not be signed")
        }
        let response = try client.get(
            url.text,
            token: token,
            milliseconds: APIClient.patience(left: invocation.remainingMilliseconds(now: now))
        )
        // Both are a refusal: API Gateway answers 401 to an authorizer's error and 403 to its Deny.
        guard response.status != 401, response.status != 403 else { throw .unauthorized }
        return Self.answer(response)
    }

    private static func answer(_ response: APIClient.Response) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("statusCode")
        json.integer(response.status)
        json.name("body")
        json.string(String(decoding: response.body, as: UTF8.self))
        json.endObject()
        return json.bytes
    }
}
