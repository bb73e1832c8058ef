import Glibc
import Testing

@testable import Platform

@Suite struct ProcessHardeningTests {
    @Test func the_process_can_neither_be_dumped_nor_gain_rights() async {
        await #expect(processExitsWith: .success) {
            #expect(ProcessHardening.apply().isComplete)
            #expect(!ProcessHardening.isDumpable)
            var limit = rlimit(rlim_cur: 1, rlim_max: 1)
            try #require(unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
            #expect(limit.rlim_cur == 0)
            #expect(limit.rlim_max == 0)
            #expect(ProcText.read("/proc/thread-self/status").contains("NoNewPrivs:\t1"))
            // Again, as after a restart in place.
            #expect(ProcessHardening.apply() == HardeningReport())
            #expect(ProcessHardening.apply().description == "complete")
        }
    }

    // B14.
    @Test(arguments: [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]] as [[Int32]])
    func closed_standard_descriptors_are_opened_on_dev_null(closed: [Int32]) async {
        await #expect(processExitsWith: .success) { [closed = closed as [Int32]] in
            DescriptorTable.makePrivate()
            for number in closed {
                _ = close(number)
            }
            let report = ProcessHardening.apply()
            var null = stat()
            try #require(unsafe stat("/dev/null", &null) == 0)
            for number in closed {
                var mine = stat()
                try #require(unsafe fstat(number, &mine) == 0)
                #expect(mine.st_rdev == null.st_rdev)
                #expect(mine.st_mode & S_IFMT == S_IFCHR)
            }
            // What is opened next can no longer be taken for an output.
            let next = socket(AF_UNIX, RawSocket.stream, 0)
            #expect(next > 2)
            #expect(report.isComplete)
        }
    }

    @Test func open_standard_descriptors_stay_what_they_are() async {
        await #expect(processExitsWith: .success) {
            let before = (0...2).map { FileStatus(of: $0)?.inode }
            _ = ProcessHardening.apply()
            #expect((0...2).map { FileStatus(of: $0)?.inode } == before)
        }
    }

    @Test func a_refused_step_is_reported_by_its_name() {
        var report = HardeningReport()
        #expect(report.isComplete)
        report.note(.notDumpable, ErrorNumber(rawValue: EPERM))
        report.note(.noCoreFile, nil)
        #expect(!report.isComplete)
        #expect(report.description == "not_dumpable: operation not permitted (EPERM)")
    }
}
