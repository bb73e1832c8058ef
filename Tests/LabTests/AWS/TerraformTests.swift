import TestSupport
import Testing

extension AWSLabs {
    /// What `terraform apply` makes, as `aws` shows it.
    @Suite(
        .enabled(
            if: AWSTool.areExpected(.terraform, .moto, .aws) && LambdaPackages.areExpected,
            "terraform, moto, aws (scripts/bootstrap --tests) or the zips (make lambda) are not there"
        )
    )
    struct TerraformTests {
        private let life: TerraformLife

        init() throws {
            life = try TerraformLife.recorded.get()
        }

        private func made(_ question: String) throws -> JSONTree {
            try #require(life.made[question])
        }

        @Test func the_configuration_is_valid() throws {
            let answer = try JSONTree(life.validation.standardOutput)
            #expect(answer["valid"] == true)
            let errors = answer["diagnostics"].items.filter { $0["severity"] == "error" }
            #expect(errors.isEmpty)
        }

        @Test func the_demo_secret_is_applied_with_a_warning() {
            #expect(life.application.allOutput.contains("Check block assertion failed"))
            #expect(life.application.allOutput.contains("jwt_secret is weak"))
        }

        @Test func one_role_may_write_logs_and_nothing_else() throws {
            let roles = try made("roles")["Roles"]
            let role = roles.first(where: "RoleName", is: "lambda-exec-role")
            let trust = role["AssumeRolePolicyDocument"]["Statement"]
            #expect(trust.items.count == 1)
            #expect(trust[0]["Effect"] == "Allow")
            #expect(trust[0]["Action"] == "sts:AssumeRole")
            #expect(trust[0]["Principal"]["Service"] == "lambda.amazonaws.com")
            let attached = try made("role's policies")["AttachedPolicies"]
            #expect(attached.items.map(\.["PolicyName"]) == ["AWSLambdaBasicExecutionRole"])
            let own = try made("role's own policies")["PolicyNames"]
            #expect(own == [])
            let functions = try made("functions")["Functions"].items
            let ours = functions.filter {
                ["hello-world", "lambda-authorizer", "apigw-invoker"].contains($0["FunctionName"])
            }
            #expect(ours.count == 3)
            #expect(ours.allSatisfy { $0["Role"] == role["Arn"] })
        }

        @Test(arguments: ["hello-world", "lambda-authorizer", "apigw-invoker"])
        func each_function_runs_its_own_bootstrap(name: String) throws {
            let function = try made("functions")["Functions"].first(where: "FunctionName", is: name)
            #expect(function["Runtime"] == "provided.al2023")
            #expect(function["Architectures"] == ["x86_64"])
            #expect(function["PackageType"] == "Zip")
            #expect(function["MemorySize"] == 128)
            let group = try made("logs")["logGroups"].first(where: "logGroupName", is: "/aws/lambda/\(name)")
            #expect(group["retentionInDays"] == 14)
        }

        @Test func each_function_is_told_what_it_needs_and_no_more() throws {
            let functions = try made("functions")["Functions"]
            func variables(_ name: String) -> JSONTree {
                functions.first(where: "FunctionName", is: name)["Environment"]["Variables"]
            }
            #expect(variables("hello-world").names.isEmpty)
            #expect(variables("lambda-authorizer").names == ["JWT_SECRET", "UNAUTHORIZED_MODE"])
            #expect(variables("lambda-authorizer")["JWT_SECRET"] == "mysecret")
            #expect(variables("lambda-authorizer")["UNAUTHORIZED_MODE"] == "deny")
            #expect(variables("apigw-invoker").names == ["JWT_SECRET", "API_URL"])
            #expect(variables("apigw-invoker")["API_URL"] == life.outputs["url"]["value"])
        }

        @Test func the_API_guards_its_one_method() throws {
            let api = try made("APIs")["items"].first(where: "name", is: "hello-api")
            #expect(api["endpointConfiguration"]["types"] == ["REGIONAL"])
            let resources = try made("resources")["items"]
            #expect(Set(resources.items.compactMap(\.["path"].string)) == ["/", "/hello"])
            #expect(resources.first(where: "path", is: "/")["resourceMethods"].names.isEmpty)
            let methods = resources.first(where: "path", is: "/hello")["resourceMethods"]
            #expect(methods.names == ["GET"])
            #expect(methods["GET"]["authorizationType"] == "CUSTOM")
            let authorizer = try made("authorizers")["items"][0]
            #expect(methods["GET"]["authorizerId"] == authorizer["id"])
            let integration = methods["GET"]["methodIntegration"]
            #expect(integration["type"] == "AWS_PROXY")
            #expect(integration["httpMethod"] == "POST")
            #expect(integration["uri"].string?.hasSuffix(":function:hello-world/invocations") == true)
        }

        @Test func the_authorizer_gets_every_token() throws {
            let authorizers = try made("authorizers")["items"]
            #expect(authorizers.items.count == 1)
            #expect(authorizers[0]["type"] == "TOKEN")
            #expect(authorizers[0]["identitySource"] == "method.request.header.Authorization")
            #expect(authorizers[0]["authorizerResultTtlInSeconds"] == 0)
            #expect(
                authorizers[0]["authorizerUri"].string?.hasSuffix(":function:lambda-authorizer/invocations") == true
            )
        }

        @Test func the_stage_serves_the_deployment() throws {
            let stages = try made("stages")["item"]
            #expect(stages.items.map(\.["stageName"]) == ["prod"])
            let deployments = try made("deployments")["items"]
            #expect(deployments.items.map(\.["id"]) == [stages[0]["deploymentId"]])
        }

        @Test(arguments: [("hello-world", "/prod/GET/hello"), ("lambda-authorizer", "/authorizers/")])
        func API_Gateway_may_call_a_function_from_one_place(name: String, place: String) throws {
            let statements = try made("permissions of \(name)")["Policy"].parsed["Statement"]
            #expect(statements.items.count == 1)
            #expect(statements[0]["Effect"] == "Allow")
            #expect(statements[0]["Action"] == "lambda:InvokeFunction")
            #expect(statements[0]["Principal"]["Service"] == "apigateway.amazonaws.com")
            let source = try #require(statements[0]["Condition"]["ArnLike"]["AWS:SourceArn"].string)
            let api = try #require(made("APIs")["items"].first(where: "name", is: "hello-api")["id"].string)
            #expect(source.contains(":execute-api:\(AWSTool.region):"))
            #expect(source.contains(":\(api)\(place)"))
            #expect(!source.contains("*"))
        }

        @Test func the_outputs_say_how_to_call_it() throws {
            let api = try #require(made("APIs")["items"].first(where: "name", is: "hello-api")["id"].string)
            let url = "https://\(api).execute-api.\(AWSTool.region).amazonaws.com/prod/hello"
            #expect(life.outputs["url"]["value"].string == url)
            let command = try #require(life.outputs["invoke_command"]["value"].string)
            #expect(command.hasPrefix("aws lambda invoke --region \(AWSTool.region) --function-name apigw-invoker "))
        }

        @Test func the_examples_make_an_HTTP_and_a_WebSocket_API() throws {
            let apis = try made("second APIs")["Items"]
            #expect(apis.first(where: "Name", is: "hello-http")["ProtocolType"] == "HTTP")
            #expect(apis.first(where: "Name", is: "hello-websocket")["ProtocolType"] == "WEBSOCKET")
            #expect(life.outputs["http-api"]["value"].string?.hasPrefix("https://") == true)
            #expect(life.outputs["websocket"]["value"].string?.hasPrefix("wss://") == true)
        }

        @Test func a_second_plan_is_empty() {
            #expect(life.secondPlan.exitStatus == .code(0), "\(life.secondPlan.allOutput)")
        }

        @Test func a_change_deploys_the_API_again() {
            let plan = life.changedPlan.standardOutput
            #expect(life.changedPlan.exitStatus == .code(0), "\(life.changedPlan.allOutput)")
            #expect(plan.contains("aws_api_gateway_authorizer.jwt will be updated in-place"), "\(plan)")
            #expect(plan.contains("aws_api_gateway_deployment.hello must be replaced"), "\(plan)")
            #expect(plan.contains("aws_api_gateway_stage.prod will be updated in-place"), "\(plan)")
            #expect(!plan.contains("aws_lambda_function.this will be destroyed"), "\(plan)")
        }

        @Test func destroying_leaves_nothing() {
            #expect(life.destruction.exitStatus == .code(0), "\(life.destruction.allOutput)")
            for (kind, answer) in life.left {
                for list in answer.names { #expect(answer[list].items.isEmpty, "\(kind): \(answer)") }
            }
        }
    }
}
