import Foundation
import Glibc
import TestSupport

/// The memory of another process, region by region, with what the kernel would do with it in a core file.
struct ProcessMemory {
    struct Region: CustomStringConvertible {
        let range: Range<UInt64>
        let description: String
        /// Unless MADV_DONTDUMP keeps it out (`dd` in smaps).
        let mayBeDumped: Bool
    }

    let regions: [Region]
    private let process: Int32

    init(of process: Int32) throws {
        self.process = process
        var regions: [Region] = []
        var head: (range: Range<UInt64>, text: String)?
        for line in Self.text("/proc/\(process)/smaps").split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "VmFlags:", let region = head {
                regions.append(
                    Region(range: region.range, description: region.text, mayBeDumped: !words.contains("dd"))
                )
                head = nil
                continue
            }
            guard let first = words.first, !first.hasSuffix(":") else { continue }
            let ends = first.split(separator: "-").compactMap { UInt64($0, radix: 16) }
            // What cannot be written holds what was in the program's files.
            if ends.count == 2, words[1].hasPrefix("rw") { head = (ends[0]..<ends[1], String(line)) }
        }
        guard !regions.isEmpty else { throw TestSupportError("/proc/\(process)/smaps tells nothing") }
        self.regions = regions
    }

    /// All of a file of /proc, which gives a page or so at a time and no size.
    static func text(_ path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { _ = close(file) }
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // The array has that many bytes and lives for the call.
            let count = unsafe read(file, &piece, piece.count)
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all += piece[..<count]
        }
    }

    /// What can be read of a region.
    func bytes(of region: Region) -> Data {
        let memory = unsafe open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { return Data() }
        defer { _ = close(memory) }
        var all = Data()
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        var position = region.range.lowerBound
        while position < region.range.upperBound {
            let wanted = min(piece.count, Int(region.range.upperBound - position))
            // The array has that many bytes and lives for the call.
            let count = unsafe pread(memory, &piece, wanted, off_t(position))
            guard count > 0 else { break }
            all.append(contentsOf: piece[..<count])
            position += UInt64(count)
        }
        return all
    }
}
