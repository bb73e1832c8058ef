import Glibc

/// The fields of /proc/self/stat that metrics need; see proc_pid_stat(5).
struct ProcessStat: Equatable {
    let threads: Int
    /// Clock ticks after boot.
    let startTicks: Int64
    let virtualBytes: Int64
    let residentPages: Int64

    /// Reads the line; nil when it is not of the known form. The program's name stands in parentheses and may hold
    /// anything, parentheses and spaces too, so counting starts behind the last one.
    init?(line: String) {
        guard let end = line.utf8.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = line[line.utf8.index(after: end)...].split(separator: " ")
        // Field 3 of the manual (state) is number 0 here.
        guard fields.count > 21,
            let threads = Int(fields[17]), let start = Int64(fields[19]),
            let virtual = Int64(fields[20]), let resident = Int64(fields[21])
        else { return nil }
        self.threads = threads
        startTicks = start
        virtualBytes = virtual
        residentPages = resident
    }

    static func ofThisProcess() -> ProcessStat? {
        text(of: "/proc/self/stat", limit: 4096).flatMap { ProcessStat(line: $0) }
    }

    /// Seconds since 1970 at which the machine started: `btime` of /proc/stat.
    static func bootSeconds() -> Int64? {
        // One line a processor comes before it, and the line of interrupts: large machines have long ones.
        guard let text = text(of: "/proc/stat", limit: 1 << 20) else { return nil }
        return bootSeconds(in: text)
    }

    static func bootSeconds(in text: String) -> Int64? {
        for line in text.split(separator: "\n") where line.hasPrefix("btime ") {
            return Int64(line.dropFirst(6))
        }
        return nil
    }

    /// The start of a file of /proc, whose size nobody knows before.
    private static func text(of path: String, limit: Int) -> String? {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let descriptor = FileDescriptor(owning: number)
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while text.count < limit {
            let count = FileDescriptor.read(descriptor.number, into: &chunk)
            if count < 0, ErrorNumber.last.rawValue == EINTR { continue }
            guard count > 0 else { break }
            text += chunk[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }
}
