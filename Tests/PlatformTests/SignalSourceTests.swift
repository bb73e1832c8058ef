import Glibc
import Testing

@testable import Platform

/// Each in a child process: dispositions and masks belong to the whole process. `raise` sends to the calling thread,
/// the only one here that blocks the signals.
@Suite struct SignalSourceTests {
    @Test func each_signal_is_told_once_and_in_order() async {
        await #expect(processExitsWith: .success) {
            let source = try SignalSource()
            #expect(source.drain().isEmpty)
            for signal in Signal.allCases {
                raise(signal.number)
                #expect(source.drain() == [signal])
            }
            raise(SIGTERM)
            raise(SIGHUP)
            #expect(Set(source.drain()) == [.terminate, .hangUp])
            #expect(source.drain().isEmpty)
        }
    }

    // B06.
    @Test func a_storm_of_one_signal_is_one_entry() async {
        await #expect(processExitsWith: .success) {
            let source = try SignalSource()
            for _ in 0..<1000 {
                raise(SIGHUP)
            }
            #expect(source.drain() == [.hangUp])
        }
    }

    @Test func the_descriptor_becomes_readable_and_a_duplicate_gives_the_bytes() async {
        await #expect(processExitsWith: .success) {
            let source = try SignalSource()
            var descriptors = [pollfd(fd: source.fileDescriptor, events: Int16(POLLIN), revents: 0)]
            #expect(unsafe poll(&descriptors, 1, 0) == 0)
            raise(SIGUSR1)
            #expect(unsafe poll(&descriptors, 1, 0) == 1)
            let duplicate = try #require(source.duplicateDescriptor())
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(duplicate, $0.baseAddress, $0.count) }
            try #require(count > 0)
            #expect(SignalSource.signals(in: buffer.span.extracting(first: count)) == [.user1])
            #expect(SignalSource.signals(in: buffer.span.extracting(first: count - 1)).isEmpty)
            #expect(fcntl(duplicate, F_GETFD) & FD_CLOEXEC != 0)
        }
    }

    // B08, B11.
    @Test func writing_to_a_closed_pipe_is_an_error_and_no_end() async {
        await #expect(processExitsWith: .success) {
            let source = try SignalSource()
            var ends: [Int32] = [0, 0]
            try #require(unsafe pipe(&ends) == 0)
            _ = close(ends[0])
            #expect(unsafe write(ends[1], "x", 1) == -1)
            #expect(errno == EPIPE)
            raise(SIGPIPE)
            raise(SIGALRM)
            raise(SIGXFSZ)
            raise(SIGWINCH)
            #expect(source.drain().isEmpty)
        }
    }

    @Test func a_signal_that_means_nothing_here_is_left_out_of_the_bytes() {
        var record = [UInt8](repeating: 0, count: 128)
        record[0] = UInt8(SIGQUIT)
        #expect(SignalSource.signals(in: record.span).isEmpty)
        #expect(SignalSource.signals(in: [UInt8]().span).isEmpty)
    }
}
