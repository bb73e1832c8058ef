internal import Glibc

/// What a Lambda program's `main` calls.
package enum LambdaMain {
    /// Makes the handler and answers events until Lambda ends the process.
    /// - Parameter start: makes the handler; its failure is told to Lambda, and the process ends with 1.
    package static func run<Handler: InvocationHandler>(
        _ start: (Environment, LambdaLog) throws(InitFailure) -> Handler
    ) -> Never {
        let environment = Environment.process
        let log = LambdaLog(environment)
        guard let address = environment["AWS_LAMBDA_RUNTIME_API"], let endpoint = TCPEndpoint(address) else {
            log.write(
                .fatal,
                "AWS_LAMBDA_RUNTIME_API is not HOST:PORT; this program is started by AWS Lambda or its emulator"
            )
            exit(78)
        }
        // A log that nobody reads any more must not end the process.
        _ = signal(SIGPIPE, SIG_IGN)
        let socket = TCPSocket(endpoint)
        let handler: Handler
        do throws(InitFailure) {
            handler = try start(environment, log)
        } catch {
            exit(InitReport.send(error, on: socket, host: endpoint.text, log: log))
        }
        CrashReport.install()
        var driver = LoopDriver(socket, host: endpoint.text, handler: handler, log: log)
        exit(driver.run())
    }
}
