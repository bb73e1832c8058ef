import Glibc
import Logging
import Platform
import TestSupport
import Testing

@testable import Daemon

@Suite struct JournalRecordTests {
    private func record(_ fields: [LogField], message: String = "decision") -> LogRecord {
        LogRecord(time: WallTime(seconds: 0), level: .notice, message: message, fields: fields)
    }

    private func lines(_ record: LogRecord) -> [String] {
        let entry = JournalRecord.encode(record, message: LogEncoder(format: .journal).text(record))
        return String(decoding: entry, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test func a_decision_has_its_fields_and_a_line_for_people() {
        let lines = lines(
            record([LogField("reason", "token_expired"), LogField("shadow_reason", "x"), LogField("generation", 7)])
        )
        #expect(
            lines == [
                "PRIORITY=5", "SYSLOG_IDENTIFIER=authd",
                "MESSAGE=decision reason=token_expired shadow_reason=x generation=7", "AUTHD_REASON=token_expired",
                "AUTHD_SHADOW_REASON=x", "AUTHD_GENERATION=7", "",
            ]
        )
    }

    /// A line end in a value would begin another field, PRIORITY or AUTHD_DECISION for one.
    @Test func no_value_and_no_name_begins_another_field() {
        for text in HostileText.all + ["a\nAUTHD_DECISION=allow"] {
            let lines = lines(record([LogField("path", text), LogField("a\nPRIORITY", text)], message: text))
            #expect(lines.count == 6)
            #expect(lines.filter { $0.hasPrefix("PRIORITY=") } == ["PRIORITY=5"])
            #expect(!lines.contains { $0.hasPrefix("AUTHD_DECISION=") })
        }
    }

    @Test func a_name_that_stands_twice_is_written_once() {
        #expect(lines(record([LogField("a", "1"), LogField("a", "2")])).filter { $0.hasPrefix("AUTHD_A=") }.count == 1)
    }

    @Test func records_reach_the_journal_and_a_journal_that_reads_nothing_holds_nobody_up() throws {
        let directory = try TemporaryDirectory()
        let journal = try DatagramSocket(directory.file("journal"))
        let socket = try #require(JournalSocket(path: directory.file("journal")))
        let sink = LogSink(descriptor: -1, format: .journal, journal: socket)
        sink.write(record([LogField("reason", "no_rule")]))
        #expect(journal.take()?.contains("AUTHD_REASON=no_rule\n") == true)
        for _ in 0..<5000 { sink.write(record([])) }
        #expect(sink.droppedRecords > 0)
        while journal.take() != nil {}
        sink.write(record([]))
        let told = journal.take()
        #expect(told?.contains("AUTHD_RECORDS=\(sink.droppedRecords)\n") == true)
    }

    @Test func a_journal_that_was_restarted_is_found_again() throws {
        let directory = try TemporaryDirectory()
        var journal: DatagramSocket? = try DatagramSocket(directory.file("journal"))
        let socket = try #require(JournalSocket(path: directory.file("journal")))
        #expect(socket.send([1]))
        journal = nil
        directory.remove("journal")
        #expect(!socket.send([2]))
        journal = try DatagramSocket(directory.file("journal"))
        #expect(socket.send(Array("3".utf8)))
        #expect(journal?.take() == "3")
    }

    @Test func without_a_journal_there_is_no_socket() {
        #expect(JournalSocket(path: "/nonexistent/socket") == nil)
    }
}
