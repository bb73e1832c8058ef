internal import LambdaRuntime

LambdaMain.run { (environment, log) throws(InitFailure) in try Invoker(environment, log) }
