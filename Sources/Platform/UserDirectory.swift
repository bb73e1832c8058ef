import Glibc

/// The machine's users and groups by name (/etc/passwd, or whatever nsswitch.conf says). A look-up may ask the
/// network and block: use it at start and at reload, never on an event loop's hot path.
package enum UserDirectory {
    /// The uid of `name`; nil where there is no such user. A number is not looked up: that is the caller's rule.
    package static func uid(named name: String) throws(SystemError) -> UInt32? {
        var entry = unsafe passwd()
        return try unsafe lookUp(name, initialSize: Int32(_SC_GETPW_R_SIZE_MAX)) { name, room, size in
            var found: UnsafeMutablePointer<passwd>?
            // The entry points into `room`, which outlives both; only the number is taken out.
            let failure = unsafe getpwnam_r(name, &entry, room, size, &found)
            return unsafe (failure, found == nil ? nil : entry.pw_uid)
        }
    }

    /// The gid of `name`; nil where there is no such group.
    package static func gid(named name: String) throws(SystemError) -> UInt32? {
        var entry = unsafe group()
        return try unsafe lookUp(name, initialSize: Int32(_SC_GETGR_R_SIZE_MAX)) { name, room, size in
            var found: UnsafeMutablePointer<group>?
            // As above.
            let failure = unsafe getgrnam_r(name, &entry, room, size, &found)
            return unsafe (failure, found == nil ? nil : entry.gr_gid)
        }
    }

    private static func lookUp(
        _ name: String,
        initialSize: Int32,
        _ call: (UnsafePointer<CChar>, UnsafeMutablePointer<CChar>, Int) -> (Int32, UInt32?)
    ) throws(SystemError) -> UInt32? {
        guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
        var size = max(1024, sysconf(initialSize))
        while true {
            var room = [CChar](repeating: 0, count: size)
            // Name and room live for the call only.
            let (failure, number) = unsafe call(name, &room, size)
            switch failure {
            case 0:
                return number
            case ENOENT, ESRCH, EBADF, EPERM:
                // getpwnam_r(3): "the given name was not found", in the words of various sources.
                return nil
            case ERANGE where size < 1 << 20:
                size *= 2
            case EINTR:
                continue
            default:
                throw SystemError("look up a user or group", ErrorNumber(rawValue: failure))
            }
        }
    }
}
