internal import ArgumentParser
internal import Daemon
internal import Platform

/// Where the process begins. Commands report what went wrong as `CommandFailure`; everything else that comes out of them
/// is a matter of the command line, which ArgumentParser explains.
@main
enum Program {
    static func main() {
        // First of all: before a key is read, a file opened or a thread made.
        _ = ProcessHardening.apply()
        do {
            var command = try Authd.parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            for message in failure.messages { Output.error("authd: \(message)") }
            Authd.exit(withError: ExitCode(failure.code.rawValue))
        } catch {
            Authd.exit(withError: error)
        }
    }
}
