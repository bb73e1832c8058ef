import Foundation
import Glibc
import Synchronization

/// A freshly started child and the ends of its pipes that stay with us.
struct SpawnedProcess {
    let processIdentifier: Int32
    let standardOutput: Int32
    let standardError: Int32
    let standardInput: Int32?

    // Between pipe(2) and the flag that keeps it from children no other child may start: it would hold the writing end
    // open, and the reader of this child's output would wait for that other child's end.
    private static let starting = Mutex(())

    static func start(
        _ program: String,
        _ arguments: [String],
        environment: [String: String]?,
        takesInput: Bool,
        passing: [Int32] = [],
    ) throws -> SpawnedProcess {
        try starting.withLock { _ in
            try startLocked(program, arguments, environment: environment, takesInput: takesInput, passing: passing)
        }
    }

    private static func startLocked(
        _ program: String,
        _ arguments: [String],
        environment: [String: String]?,
        takesInput: Bool,
        passing: [Int32],
    ) throws -> SpawnedProcess {
        // Far from the numbers that the child gets them under.
        let copies = passing.map { fcntl($0, F_DUPFD_CLOEXEC, 200) }
        defer { for copy in copies { _ = close(copy) } }
        let passed = copies.enumerated().map { (descriptor: Int32?.some($1), number: Int32($0) + 3) }
        let output = try Pipe.make()
        let error = try Pipe.make()
        let input = takesInput ? try Pipe.make() : nil
        defer {
            for descriptor in [output.writing, error.writing, input?.reading] {
                if let descriptor { _ = close(descriptor) }
            }
        }
        let identifier = try spawn(
            program,
            arguments,
            environment ?? ProcessInfo.processInfo.environment,
            [(input?.reading, STDIN_FILENO), (output.writing, STDOUT_FILENO), (error.writing, STDERR_FILENO)]
                + passed,
        )
        return SpawnedProcess(
            processIdentifier: identifier,
            standardOutput: output.reading,
            standardError: error.reading,
            standardInput: input?.writing,
        )
    }

    /// A pipe whose ends no child inherits, other than by the copies that `spawn` makes.
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        static func make() throws -> Pipe {
            var ends: [Int32] = [-1, -1]
            // pipe writes exactly two descriptors, and the array has exactly two.
            let made = unsafe ends.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return false }
                return unsafe pipe(start) == 0
            }
            guard made else { throw TestSupportError("pipe failed, errno \(errno)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return Pipe(reading: ends[0], writing: ends[1])
        }
    }

    private static func spawn(
        _ program: String,
        _ arguments: [String],
        _ environment: [String: String],
        _ streams: [(descriptor: Int32?, number: Int32)],
    ) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, number) in streams {
            if let descriptor {
                _ = unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            } else {
                _ = unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDONLY, 0)
            }
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
        unsafe useDefaultSignals(&attributes)
        // The strings live until after posix_spawn returns; the child gets its own copy of them.
        var argv = unsafe ([program] + arguments).map { unsafe strdup($0) }
        var envp = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") }
        unsafe argv.append(nil)
        unsafe envp.append(nil)
        defer {
            for index in unsafe argv.indices { unsafe free(argv[index]) }
            for index in unsafe envp.indices { unsafe free(envp[index]) }
        }
        var identifier: pid_t = 0
        let failure = unsafe posix_spawn(&identifier, program, &actions, &attributes, argv, envp)
        guard failure == 0 else { throw TestSupportError("cannot start \(program), errno \(failure)") }
        return identifier
    }

    /// A child inherits the signal mask of the thread that starts it, and the threads of Swift's task pool block nearly
    /// everything: without this the child would never see SIGTERM.
    private static func useDefaultSignals(_ attributes: UnsafeMutablePointer<posix_spawnattr_t>) {
        var none = sigset_t()
        var all = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(attributes, &none)
        unsafe posix_spawnattr_setsigdefault(attributes, &all)
        unsafe posix_spawnattr_setflags(attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }
}
