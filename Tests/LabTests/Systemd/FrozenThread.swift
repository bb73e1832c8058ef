import TestSupport

/// One thread of a process in the machine, stopped by ptrace(2) while the others go on: an event loop that is stuck.
struct FrozenThread {
    private let tracer: RunningProcess

    /// - Parameters:
    ///   - process: the process's number in the machine.
    ///   - name: what the thread's name begins with; of several the first is taken.
    init(of process: Int32, named name: String, in machine: Machine) throws {
        tracer = try RunningProcess(
            SystemTool.required("nsenter"),
            [
                "-t", String(machine.initIdentifier), "-p", "--", SystemTool.required("python3"), "-c", Self.program,
                machine.path("/proc/\(process)/task"), name,
            ]
        )
        try tracer.waitForLine(containing: "stopped")
    }

    func release() { tracer.send(signal: 9) }

    /// Waits for the thread's end too, since a traced thread is not gone before its tracer has seen it go.
    private static let program = """
        import ctypes, os, sys
        folder, name = sys.argv[1:]
        threads = sorted(int(number) for number in os.listdir(folder))
        thread = next(t for t in threads if open(f"{folder}/{t}/comm").read().startswith(name))
        ptrace = ctypes.CDLL(None, use_errno=True).ptrace
        ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        SEIZE, INTERRUPT, ALL = 0x4206, 0x4207, 0x40000000
        for request in (SEIZE, INTERRUPT):
            if ptrace(request, thread, None, None) != 0:
                sys.exit(f"ptrace {request}: {os.strerror(ctypes.get_errno())}")
        os.waitpid(thread, ALL)
        print("stopped", thread, flush=True)
        while not (os.WIFEXITED(s := os.waitpid(thread, ALL)[1]) or os.WIFSIGNALED(s)):
            pass
        """
}
