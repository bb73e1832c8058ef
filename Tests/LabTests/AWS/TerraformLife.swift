import TestSupport

/// One life of the deployment: applied to moto, looked at, planned again, destroyed. It happens once, and all tests look
/// at what was recorded.
struct TerraformLife: Sendable {
    let validation: RunningProcess
    let application: RunningProcess
    let outputs: JSONTree
    /// What `aws` says after the apply, by question.
    let made: [String: JSONTree]
    let secondPlan: RunningProcess
    /// The plan with another time to live of the authorizer's answers.
    let changedPlan: RunningProcess
    let destruction: RunningProcess
    let left: [String: JSONTree]

    static let recorded = Result { try TerraformLife() }

    private init() throws {
        let moto = try MotoServer()
        let folder = try TerraformFolder(endpoint: moto.endpoint)
        let packages = "-var=packages=\(LambdaPackages.folder)"
        try folder.initialize()
        validation = try folder.run("validate", "-no-color", "-json")
        application = try folder.run("apply", "-no-color", "-input=false", "-auto-approve", packages)
        guard application.exitStatus == .code(0) else { throw TestSupportError(application.allOutput) }
        outputs = try JSONTree(folder.run("output", "-json").standardOutput)
        made = try Self.look(moto)
        secondPlan = try folder.run("plan", "-no-color", "-input=false", "-detailed-exitcode", packages)
        changedPlan = try folder.run(
            "plan",
            "-no-color",
            "-input=false",
            "-refresh=false",
            packages,
            "-var=authorizer_ttl=300"
        )
        destruction = try folder.run("destroy", "-no-color", "-input=false", "-auto-approve", packages)
        left = try moto.ask(Self.lists)
    }

    /// What is there, of every kind that the deployment makes.
    private static let lists = [
        "roles": "iam list-roles",
        "functions": "lambda list-functions",
        "APIs": "apigateway get-rest-apis",
        "second APIs": "apigatewayv2 get-apis",
        "logs": "logs describe-log-groups",
    ]

    private static func look(_ moto: MotoServer) throws -> [String: JSONTree] {
        let lists = try moto.ask(lists)
        guard let api = lists["APIs"]?["items"].first(where: "name", is: "hello-api")["id"].string else {
            throw TestSupportError("no hello-api in \(lists)")
        }
        let details = try moto.ask([
            "role's policies": "iam list-attached-role-policies --role-name lambda-exec-role",
            "role's own policies": "iam list-role-policies --role-name lambda-exec-role",
            "resources": "apigateway get-resources --embed methods --rest-api-id \(api)",
            "authorizers": "apigateway get-authorizers --rest-api-id \(api)",
            "stages": "apigateway get-stages --rest-api-id \(api)",
            "deployments": "apigateway get-deployments --rest-api-id \(api)",
            "permissions of hello-world": "lambda get-policy --function-name hello-world",
            "permissions of lambda-authorizer": "lambda get-policy --function-name lambda-authorizer",
        ])
        return lists.merging(details) { $1 }
    }
}
