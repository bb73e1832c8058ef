import Foundation
import Glibc
import TestSupport

/// One thread of another process that does not run, while the others do: held by ptrace(2), as a debugger would.
struct FrozenThread {
    private let holder: RunningProcess

    /// It takes root, since the daemon is not dumpable, and python3, since Swift cannot call ptrace.
    static let isPossible = geteuid() == 0 && SystemTool.isExpected("python3")

    private static let script = """
        import ctypes, os, sys, signal
        libc = ctypes.CDLL(None, use_errno=True)
        libc.ptrace.argtypes = [ctypes.c_long] * 2 + [ctypes.c_void_p] * 2
        thread = int(sys.argv[1])
        def call(request):
            if libc.ptrace(request, thread, None, None) != 0:
                sys.exit(f"ptrace: {os.strerror(ctypes.get_errno())}")
        call(0x4206)  # PTRACE_SEIZE
        call(0x4207)  # PTRACE_INTERRUPT
        os.waitpid(thread, 0x40000000)  # __WALL
        print("frozen", flush=True)
        signal.sigwait({signal.SIGTERM})
        call(17)  # PTRACE_DETACH
        """

    init(of process: Int32, named name: String) throws {
        let folder = "/proc/\(process)/task"
        let thread = try FileManager.default.contentsOfDirectory(atPath: folder).first { thread in
            let comm = try? String(contentsOfFile: "\(folder)/\(thread)/comm", encoding: .utf8)
            return comm?.trimmingCharacters(in: .newlines) == name
        }
        guard let thread else { throw TestSupportError("process \(process) has no thread \(name)") }
        holder = try RunningProcess(
            SystemTool.required("python3"),
            ["-c", "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})\n" + Self.script, thread]
        )
        try holder.waitForLine(containing: "frozen")
    }

    func thaw() throws { try holder.stop() }
}
