import Glibc
import Testing

@testable import Platform

@Suite struct ResourceUsageTests {
    @Test func this_process_uses_something_of_everything() throws {
        let usage = ResourceUsage.now()
        #expect(usage.cpuSeconds > 0)
        let resident = try #require(usage.residentBytes)
        let virtual = try #require(usage.virtualBytes)
        #expect(resident > 1 << 20)
        #expect(virtual >= resident)
        #expect(try #require(usage.threads) >= 1)
        #expect(try #require(usage.openDescriptors) >= 3)
        let start = try #require(usage.startSeconds)
        let now = WallTime.now().fractionalSeconds
        // The kernel's count of its own start may be a second off.
        #expect(start <= now + 2)
        #expect(start > now - 86_400)
    }

    @Test func open_descriptors_are_counted_exactly() {
        // Other threads open and close while it counts: between two equal listings it is exact more often than not.
        var quiet = 0
        var exact = 0
        for _ in 0..<300 {
            let before = ScratchDirectory.names(in: "/proc/self/fd")
            let count = ResourceUsage.now().openDescriptors
            guard before == ScratchDirectory.names(in: "/proc/self/fd") else { continue }
            quiet += 1
            // Less the descriptor of the listing itself.
            if count == before.count - 1 { exact += 1 }
        }
        #expect(quiet > 0)
        #expect(exact * 2 > quiet, "\(exact) of \(quiet)")
    }

    @Test func a_line_of_proc_is_read_whatever_the_program_is_called() throws {
        let tail = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 42 18 1000 20480 9 22 23"
        for name in ["authd", "a b", "a) S 1 (b", "((("] {
            let stat = try #require(ProcessStat(line: "77 (\(name))\(tail)"))
            #expect(stat.threads == 42)
            #expect(stat.startTicks == 1000)
            #expect(stat.virtualBytes == 20_480)
            #expect(stat.residentPages == 9)
        }
    }

    @Test(arguments: ["", "77", "77 (authd", "77 (authd) S 1 2", "77 (authd) S " + String(repeating: "x ", count: 40)])
    func a_line_of_another_form_is_no_trap(line: String) {
        #expect(ProcessStat(line: line) == nil)
    }

    @Test func the_boot_time_is_found_among_the_other_lines() {
        let text = "cpu 1 2\nintr 5 btime 9\nbtime 1700000000\nprocesses 3\n"
        #expect(ProcessStat.bootSeconds(in: text) == 1_700_000_000)
        #expect(ProcessStat.bootSeconds(in: "cpu 1 2\nbtime x\n") == nil)
        #expect(ProcessStat.bootSeconds(in: "") == nil)
    }
}
