import Configuration
import Glibc
import Logging
import Platform
import TestSupport
import Testing

@testable import Daemon

/// A sink never waits, whatever its descriptor is.
@Suite struct LogSinkTests {
    private func record(_ number: Int) -> LogRecord {
        LogRecord(time: .now(), level: .info, message: "line", fields: [LogField("number", number)])
    }

    private func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }

    @Test func lines_come_out_whole_and_in_order() throws {
        let pipe = try LogPipe()
        let sink = LogSink(descriptor: pipe.writing, format: .journal)
        for number in 0..<100 { sink.write(record(number)) }
        #expect(lines(pipe.take()) == (0..<100).map { "<6>line number=\($0)" })
        #expect(sink.droppedRecords == 0)
    }

    @Test func a_full_pipe_costs_lines_and_no_time_and_the_loss_is_told_when_it_is_read_again() throws {
        let pipe = try LogPipe()
        let sink = LogSink(descriptor: pipe.writing, format: .journal)
        pipe.fill()
        // A write that waited would never come back: the reader is this thread.
        for number in 0..<1000 { sink.write(record(number)) }
        #expect(sink.droppedRecords == 1000)
        _ = pipe.take()
        sink.write(record(1000))
        let left = lines(pipe.take())
        #expect(left.count == 2)
        #expect(left.first?.contains("records=1000") == true)
        #expect(left.last == "<6>line number=1000")
        sink.write(record(1001))
        #expect(lines(pipe.take()) == ["<6>line number=1001"])
    }

    @Test func a_pipe_without_a_reader_is_no_end() throws {
        // As the daemon does at its start.
        _ = signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        // The array owns the memory for the call.
        try #require(unsafe pipe(&ends) == 0)
        _ = close(ends[0])
        defer { _ = close(ends[1]) }
        let sink = LogSink(descriptor: ends[1], format: .text)
        sink.write(record(1))
        #expect(sink.droppedRecords == 1)
    }

    @Test func a_descriptor_that_is_closed_or_full_is_no_end() throws {
        let closed = LogSink(descriptor: 1_000_000, format: .json)
        closed.write(record(1))
        #expect(closed.droppedRecords == 1)
        let number = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(number >= 0)
        defer { _ = close(number) }
        let full = LogSink(descriptor: number, format: .json)
        full.write(record(1))
        #expect(full.droppedRecords == 1)
    }

    @Test func a_terminal_that_stands_still_costs_lines_and_no_time_and_no_line_is_torn() throws {
        let terminal = try LogTerminal()
        let sink = LogSink(descriptor: terminal.writing, format: .journal)
        let fields = (0..<3).map { LogField("f\($0)", String(repeating: "x", count: 1000)) }
        let record = LogRecord(time: .now(), level: .info, message: "line", fields: fields)
        var text = ""
        for _ in 0..<20 {
            let dropped = sink.droppedRecords
            while sink.droppedRecords < dropped + 3 { sink.write(record) }
            text += terminal.take()
        }
        let whole = String(decoding: LogEncoder(format: .journal).encode(record).dropLast(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.contains { $0 == whole })
        for line in lines { #expect(line == whole || line.hasPrefix("<4>log records were dropped, because")) }
        // The flags of the descriptor that others share are as they were.
        #expect(fcntl(terminal.writing, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test func many_threads_write_whole_lines() throws {
        let pipe = try LogPipe()
        let sink = LogSink(descriptor: pipe.writing, format: .journal)
        let done = Awaited(0)
        for thread in 0..<4 {
            LogThread.run {
                for number in 0..<200 { sink.write(record(thread * 1000 + number)) }
                done.update { $0 += 1 }
            }
        }
        var text = ""
        while done.current < 4 { text += pipe.take() }
        text += pipe.take()
        let written = lines(text).filter { $0.hasPrefix("<6>line number=") }
        #expect(written.count + Int(sink.droppedRecords) == 800)
        #expect(Set(written).count == written.count)
    }

    @Test func the_format_follows_the_journal_then_the_terminal() throws {
        let pipe = try LogPipe()
        var status = stat()
        // The pointer lives for the call only.
        try #require(unsafe fstat(pipe.writing, &status) == 0)
        let mine = "\(status.st_dev):\(status.st_ino)"
        #expect(LogFormat.resolve(.auto, descriptor: pipe.writing, journalStream: mine) == .journal)
        #expect(LogFormat.resolve(.auto, descriptor: pipe.writing, journalStream: "1:1") == .json)
        #expect(LogFormat.resolve(.auto, descriptor: pipe.writing, journalStream: nil) == .json)
        #expect(LogFormat.resolve(.auto, descriptor: pipe.writing, journalStream: "nonsense") == .json)
        #expect(LogFormat.resolve(.text, descriptor: pipe.writing, journalStream: mine) == .text)
        let terminal = try LogTerminal()
        #expect(LogFormat.resolve(.auto, descriptor: terminal.writing, journalStream: nil) == .text)
    }

    @Test func records_of_the_logging_library_come_out_with_their_fields_in_order() throws {
        let pipe = try LogPipe()
        var logger = AuthdLogHandler.logger(LogSink(descriptor: pipe.writing, format: .journal))
        logger[metadataKey: "b"] = "2"
        logger.info("hello", metadata: ["a": "1", "c": .stringConvertible(3), "d": ["x", "y\n"]])
        logger.debug("not at this level")
        #expect(pipe.take() == "<6>hello a=1 b=2 c=3 d=\"[\\\"x\\\", \\\"y\\\\n\\\"]\"\n")
    }
}
