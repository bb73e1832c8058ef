import CPlatform
import Glibc

/// Landlock (landlock(7)): a process gives rights up, for itself and its children and for good. Best effort: a kernel
/// without it, or a filter that forbids it, leaves the process as it was.
package enum Landlock {
    package enum Outcome: Equatable, Sendable {
        /// In force, at this version of the kernel's interface; TCP is confined from 4 on.
        case confined(version: Int)
        /// The kernel has none, or it is switched off.
        case unavailable
        case refused(ErrorNumber)
        /// The configuration says that it is not wanted.
        case off
    }

    /// The version of the kernel's interface; 0: there is no Landlock.
    package static var version: Int { max(0, Int(authd_landlock_abi())) }

    /// Leaves the process the rights of `plan`, and besides reading the system's own folders and writing to /dev/null.
    /// Nothing may be executed. Only the calling thread and those made later are confined, so call it on the main thread
    /// before there is another, after `ProcessHardening.apply` (it needs no_new_privs).
    package static func confine(to plan: ConfinementPlan) -> Outcome {
        let version = version
        guard version > 0 else { return .unavailable }
        let network: UInt64 = version >= 4 ? bindTCP | (plan.connects ? 0 : connectTCP) : 0
        let number = authd_landlock_create(files(version), network)
        guard number >= 0 else { return .refused(.last) }
        let rules = FileDescriptor(owning: number)
        for path in ConfinementPlan.system.union(plan.readable) { allow(path, read, rules.number) }
        for folder in plan.socketFolders { allow(folder, socketFolder, rules.number) }
        allow("/dev/null", readFile | writeFile, rules.number)
        if version >= 4 {
            for port in plan.ports { _ = authd_landlock_allow_port(rules.number, port, bindTCP) }
        }
        guard authd_landlock_restrict(rules.number) == 0 else { return .refused(.last) }
        return .confined(version: version)
    }

    // The bits of linux/landlock.h.
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readDirectory: UInt64 = 1 << 3
    private static let removeFile: UInt64 = 1 << 5
    private static let makeRegular: UInt64 = 1 << 8
    private static let makeSocket: UInt64 = 1 << 9
    private static let truncate: UInt64 = 1 << 14
    private static let bindTCP: UInt64 = 1 << 0
    private static let connectTCP: UInt64 = 1 << 1

    private static let read = readFile | readDirectory
    private static let socketFolder = read | writeFile | removeFile | makeRegular | makeSocket

    /// Every right over files that the version knows, up to truncation: what is not given by a rule is gone.
    private static func files(_ version: Int) -> UInt64 {
        switch version {
        case 1: (1 << 13) - 1
        case 2: (1 << 14) - 1
        default: truncate | ((1 << 14) - 1)
        }
    }

    /// A path that is not there gives no right, and needs none.
    private static func allow(_ path: String, _ rights: UInt64, _ rules: Int32) {
        // The string lives for the call. O_PATH, of which the C library shows no name here.
        let number = unsafe open(path, 0o10_000_000 | O_CLOEXEC)
        guard number >= 0 else { return }
        let descriptor = FileDescriptor(owning: number)
        // A file can be given only rights over files.
        let isDirectory = FileStatus(of: descriptor.number)?.kind == .directory
        let possible = isDirectory ? rights : rights & (readFile | writeFile)
        _ = authd_landlock_allow_path(rules, descriptor.number, possible)
    }
}

extension Landlock.Outcome: CustomStringConvertible {
    /// For the log and the page for people.
    package var description: String {
        switch self {
        case .confined(let version): "in force, version \(version)"
        case .unavailable: "not offered by this kernel"
        case .refused(let cause): "refused: \(cause)"
        case .off: "switched off"
        }
    }
}
