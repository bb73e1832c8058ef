internal import LambdaRuntime

LambdaMain.run { (_, _) throws(InitFailure) in Hello() }
