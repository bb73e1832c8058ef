import CPlatform
import Glibc

/// Takes from the process what an authorizer never needs. Each step is best effort: a container or a seccomp filter
/// may have done or forbidden it already.
package enum ProcessHardening {
    /// Applies every step. Call it first thing in `main`, before a key is read, a file opened or a thread made.
    /// Applying it twice does no harm.
    package static func apply() -> HardeningReport {
        var report = HardeningReport()
        // First: whatever is opened next would otherwise become the standard output of somebody's log line.
        report.note(.standardDescriptors, openStandardDescriptors())
        // Before the process is not dumpable: from then on only root may write to its files in /proc.
        report.note(.emptyCore, setEmptyCore())
        report.note(.notDumpable, setNotDumpable())
        report.note(.noNewPrivileges, setNoNewPrivileges())
        report.note(.noCoreFile, setNoCoreFile())
        return report
    }

    /// Whether a crash could still write a core file and a process of the same user could still attach.
    package static var isDumpable: Bool { authd_prctl(PR_GET_DUMPABLE, 0) != 0 }

    /// Opens /dev/null for each of stdin, stdout and stderr that is closed.
    private static func openStandardDescriptors() -> ErrorNumber? {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            // open(2) gives the lowest free number, which is this one: those below are in use by now.
            if unsafe open("/dev/null", O_RDWR) == number { continue }
            let cause = ErrorNumber.last
            // No /dev here: any descriptor will do that is neither a file nor a connection.
            guard authd_open_inert() == number else { return cause }
        }
        return nil
    }

    /// Whoever makes a core file of the process all the same, root with gcore for one, gets no memory into it: tokens stand
    /// in buffers that are no secret's pages (core(5), /proc/PID/coredump_filter).
    private static func setEmptyCore() -> ErrorNumber? {
        let path = "/proc/self/coredump_filter"
        let present = try? SecureFile.read(path, limit: 64, policy: .ordinary)
        if present?.withSpan({ bytes in bytes.indices.allSatisfy { bytes[$0] <= UInt8(ascii: "0") } }) == true {
            return nil
        }
        // The string lives for the call.
        let number = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard number >= 0 else { return .last }
        let descriptor = FileDescriptor(owning: number)
        let zero: [UInt8] = [UInt8(ascii: "0"), UInt8(ascii: "\n")]
        // The array owns the memory for the call.
        let written = unsafe zero.withUnsafeBytes { unsafe write(descriptor.number, $0.baseAddress, $0.count) }
        return written == zero.count ? nil : .last
    }

    /// No core file, no ptrace by other processes of the same user, /proc/self/mem for root only.
    private static func setNotDumpable() -> ErrorNumber? {
        authd_prctl(PR_SET_DUMPABLE, 0) == 0 ? nil : .last
    }

    /// No set-uid program gives anything to this process or its children.
    private static func setNoNewPrivileges() -> ErrorNumber? {
        authd_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0 ? nil : .last
    }

    /// No core file of any size, which also holds where core_pattern is a pipe to a program that asks the limit.
    private static func setNoCoreFile() -> ErrorNumber? {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // The pointer lives for the call only.
        return unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 ? nil : .last
    }
}
