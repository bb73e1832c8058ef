import Glibc
import Testing

@testable import Platform

@Suite struct ServiceManagerTests {
    @Test func the_period_of_the_watchdog_is_for_the_process_that_it_names() async {
        await #expect(processExitsWith: .success) {
            let none = WatchdogPeriod.take()
            #expect(none == nil)
            unsafe setenv("WATCHDOG_USEC", "2000000", 1)
            unsafe setenv("WATCHDOG_PID", "1", 1)
            let others = WatchdogPeriod.take()
            #expect(others == nil)
            unsafe setenv("WATCHDOG_USEC", "2000000", 1)
            unsafe setenv("WATCHDOG_PID", "\(getpid())", 1)
            let own = WatchdogPeriod.take()
            #expect(own == 2_000_000_000)
            #expect(unsafe getenv("WATCHDOG_USEC") == nil)
        }
    }

    @Test func a_status_is_one_line_and_fits_into_a_message() {
        #expect(SystemdNotifier.line(.extendTimeout(nanoseconds: 5_000_000)) == "EXTEND_TIMEOUT_USEC=5000")
        #expect(SystemdNotifier.line(.status("a\u{85}b\u{7F}c")) == "STATUS=a b c")
        let long = SystemdNotifier.line(.status(String(repeating: "ä", count: 5000)))
        #expect(long.utf8.count < 2100)
        #expect(long.hasSuffix("…"))
    }

    @Test func users_outside_of_the_namespace_cannot_be_told_apart() {
        let whole = UserNamespace(map: "         0          0 4294967295\n")
        #expect(whole.canTell(0) && whole.canTell(33) && whole.canTell(65_534))
        // PrivateUsers=yes of a service with uid 999.
        let own = UserNamespace(map: "0 0 1\n999 999 1\n")
        #expect(own.canTell(0) && own.canTell(999))
        #expect(!own.canTell(33) && !own.canTell(65_534))
        // A container whose nobody is somebody, and everybody outside too.
        #expect(!UserNamespace(map: "0 100000 65536").canTell(65_534))
        #expect(!UserNamespace(map: "garbage").canTell(0))
        #expect(UserNamespace.current().canTell(geteuid()))
    }

    @Test func a_core_file_that_is_forced_would_hold_no_memory() async {
        await #expect(processExitsWith: .success) {
            _ = ProcessHardening.apply()
            #expect(ProcText.read("/proc/self/coredump_filter").allSatisfy { $0 == "0" || $0 == "\n" })
        }
    }
}
