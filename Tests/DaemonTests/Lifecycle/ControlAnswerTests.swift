import Testing

@testable import Daemon

@Suite struct ControlAnswerTests {
    @Test(arguments: [[], ["authd.yaml:3:1: bad"], ["one", "two"]])
    func an_answer_is_read_as_it_was_written(failures: [String]) {
        #expect(ControlAnswer.failures(Array(ControlAnswer.text(failures).utf8)) == failures)
    }

    @Test(arguments: ["", "reloaded", "refused\n", "refused\nhalf", "something\n"])
    func half_an_answer_is_none(text: String) {
        #expect(ControlAnswer.failures(Array(text.utf8)) == nil)
    }

    @Test func a_failure_stays_one_line() {
        #expect(ControlAnswer.failures(Array(ControlAnswer.text(["a\nreloaded"]).utf8)) == ["a reloaded"])
    }

    @Test func the_socket_lies_in_the_first_folder_of_the_service() {
        #expect(ControlSocket.path(runtimeDirectory: "/run/authd/control:/run/x") == "/run/authd/control/control.sock")
        #expect(ControlSocket.path(runtimeDirectory: nil) == nil)
        #expect(ControlSocket.path(runtimeDirectory: "") == nil)
        #expect(ControlSocket.path(runtimeDirectory: "relative") == nil)
    }
}
