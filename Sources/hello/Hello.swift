internal import ArgumentParser
internal import Platform

/// The sample service behind authd: says hello to everybody who gets through to it.
@main
struct Hello: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hello",
        abstract: "A sample service that answers GET and HEAD with \"Hello, world!\".",
        discussion: """
            It has no authorization of its own: put authd in front of it.

            Example:
              hello --listen 127.0.0.1:9090
              curl http://127.0.0.1:9090/
            """
    )

    @Option(help: "Where to listen: ADDRESS:PORT, or unix:PATH.")
    var listen = ListenAddress.standard

    func run() throws {
        do {
            // Before any thread exists, so that every thread leaves the signals to this source.
            let signals = try SignalSource()
            try HelloServer.serve(listen, until: signals)
        } catch let error as SocketError {
            Self.fail(error.description + Self.hint(error), code: error.code == .permissionDenied ? 77 : 1)
        } catch {
            Self.fail("\(error)", code: 1)
        }
    }

    private static func hint(_ error: SocketError) -> String {
        error.code == .inUse ? "; choose another with --listen" : ""
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        StandardStreams.error("hello: \(message)")
        exit(withError: ExitCode(code))
    }
}
