internal import LambdaRuntime

// lambda-authorizer: decides for API Gateway. docs/aws.md names its environment variables.
LambdaMain.run { environment, log throws(InitFailure) in
    try AuthorizerFunction(environment, log)
}
