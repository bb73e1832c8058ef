internal import Daemon
internal import Glibc

/// A program that runs as long as this object, and not longer.
final class ChildProcess {
    private let identifier: pid_t
    /// The end of the child's standard output that is ours.
    private let output: Int32
    private var isReaped = false

    /// Starts `program`, an absolute path. Its standard error is ours, its standard input is empty.
    init(_ program: String, _ arguments: [String]) throws(CommandFailure) {
        var ends: [Int32] = [-1, -1]
        // pipe writes exactly two descriptors, and the array has exactly two.
        guard unsafe pipe(&ends) == 0 else { throw CommandFailure(.internal, "cannot make a pipe (errno \(errno))") }
        defer { _ = close(ends[1]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard let identifier = Self.spawn(program, arguments, output: ends[1]) else {
            _ = close(ends[0])
            throw CommandFailure(.failed, "cannot start \(program)")
        }
        self.identifier = identifier
        output = ends[0]
    }

    deinit {
        stop()
        _ = close(output)
    }

    /// Waits until the child has written something or has ended, `milliseconds` at most.
    /// - Returns: whether it still runs.
    func waitForOutput(milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        // The pointer lives for the call, and one element is what it points to.
        _ = unsafe poll(&waiting, 1, milliseconds)
        // The end of its output without a byte is the end of the child.
        if waiting.revents & Int16(POLLIN) == 0, waiting.revents & Int16(POLLHUP) != 0 { reap(options: 0) }
        if !isReaped { reap(options: WNOHANG) }
        return !isReaped
    }

    /// Ends the child and reaps it: with SIGTERM, and two seconds later with SIGKILL.
    func stop() {
        guard !isReaped else { return }
        _ = kill(identifier, SIGTERM)
        for _ in 0..<200 {
            reap(options: WNOHANG)
            guard !isReaped else { return }
            // The end of its output tells of its end; where it has closed that before, this is a pause.
            var waiting = pollfd(fd: output, events: 0, revents: 0)
            // As above.
            if unsafe poll(&waiting, 1, 10) > 0 { usleep(10_000) }
        }
        _ = kill(identifier, SIGKILL)
        reap(options: 0)
    }

    private func reap(options: Int32) {
        var status: Int32 = 0
        while true {
            // The pointer lives for the call.
            let found = unsafe waitpid(identifier, &status, options)
            if found < 0, errno == EINTR { continue }
            if found != 0 { isReaped = true }
            return
        }
    }

    private static func spawn(_ program: String, _ arguments: [String], output: Int32) -> pid_t? {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { _ = unsafe posix_spawn_file_actions_destroy(&actions) }
        _ = unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        _ = unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { _ = unsafe posix_spawnattr_destroy(&attributes) }
        // The signals that this process keeps for later are the child's to get.
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // The strings live until posix_spawn has returned; the child gets its own copy of them.
        var argv = unsafe ([program] + arguments).map { unsafe strdup($0) }
        unsafe argv.append(nil)
        defer { for index in unsafe argv.indices { unsafe free(argv[index]) } }
        var identifier: pid_t = 0
        let failure = unsafe posix_spawn(&identifier, program, &actions, &attributes, argv, environ)
        return failure == 0 ? identifier : nil
    }
}
