import Glibc
import Testing

@testable import Platform

@Suite struct SystemdTests {
    // Each in a child process: the environment and descriptor 3 belong to the whole process.
    @Test func passed_sockets_come_with_name_and_kind_and_the_variables_go() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            let unix = try RawSocket.bind(scratch.at("s"), backlog: 8)
            let tcp = try TCPListenSocket(TCPAddress(host: .v4(0x7f00_0001), port: 0))
            try Activation.pass([unix, #require(tcp.fileDescriptor)], names: "decision:admin") {
                let sockets = try ListenFDs.take()
                #expect(
                    sockets == [
                        InheritedSocket(name: "decision", fileDescriptor: 3, kind: .unix),
                        InheritedSocket(name: "admin", fileDescriptor: 4, kind: .tcp(tcp.address)),
                    ]
                )
                #expect(fcntl(3, F_GETFD) & FD_CLOEXEC != 0)
                #expect(unsafe getenv("LISTEN_FDS") == nil)
                #expect(unsafe getenv("LISTEN_FDNAMES") == nil)
                let again = try ListenFDs.take()
                #expect(again.isEmpty)
            }
        }
    }

    @Test func sockets_without_a_name_are_unknown() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            let unix = try RawSocket.bind(scratch.at("s"), backlog: 8)
            try Activation.pass([unix], names: nil) {
                let sockets = try ListenFDs.take()
                #expect(sockets.map(\.name) == ["unknown"])
            }
        }
    }

    // B20.
    @Test func what_was_meant_for_another_process_is_ignored() async {
        await #expect(processExitsWith: .success) {
            let none = try ListenFDs.take()
            #expect(none.isEmpty)
            unsafe setenv("LISTEN_PID", "1", 1)
            unsafe setenv("LISTEN_FDS", "1", 1)
            let others = try ListenFDs.take()
            #expect(others.isEmpty)
        }
    }

    @Test func what_does_not_listen_or_is_no_stream_is_refused() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            try scratch.write("", to: "file")
            let idle = try RawSocket.bind(scratch.at("idle"))
            let datagram = try RawSocket.bind(scratch.at("datagram"), type: RawSocket.datagram)
            let file = unsafe open(scratch.at("file"), O_RDONLY)
            for number in [idle, datagram, file] {
                try Activation.pass([number], names: "decision") {
                    #expect(throws: InheritedSocketError.notListening(name: "decision")) { try ListenFDs.take() }
                }
            }
        }
    }

    // B18.
    @Test func messages_reach_the_socket_of_systemd() async {
        await #expect(processExitsWith: .success) {
            let scratch = try ScratchDirectory()
            let isHeard = try SystemdNotifier.notify([.ready])
            #expect(!isHeard)
            let listener = try RawSocket.bind(scratch.at("notify"), type: RawSocket.datagram)
            unsafe setenv("NOTIFY_SOCKET", scratch.at("notify"), 1)
            let isSent = try SystemdNotifier.notify([.ready, .status("serving\nSTOPPING=1")])
            #expect(isSent)
            var buffer = [UInt8](repeating: 0, count: 200)
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(listener, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
            }
            try #require(count > 0)
            #expect(String(decoding: buffer[..<count], as: UTF8.self) == "READY=1\nSTATUS=serving STOPPING=1")
            unsafe setenv("NOTIFY_SOCKET", scratch.at("nobody"), 1)
            #expect(throws: SystemError.self) { try SystemdNotifier.notify([.stopping]) }
        }
    }

    @Test func each_message_has_its_own_assignment() {
        #expect(SystemdNotifier.line(.stopping) == "STOPPING=1")
        #expect(SystemdNotifier.line(.watchdog) == "WATCHDOG=1")
        let moment = MonotonicTime(nanoseconds: 1_234_567_890)
        #expect(SystemdNotifier.line(.reloading(since: moment)) == "RELOADING=1\nMONOTONIC_USEC=1234567")
        #expect(SystemdNotifier.line(.status("a\r\n\tb")) == "STATUS=a   b")
    }
}

/// Plays the part of systemd in a child process.
private enum Activation {
    /// Puts duplicates of `sockets` at descriptor 3 and up, with the variables, for the time of `body`; what the test
    /// runner has there itself is put back.
    static func pass(_ sockets: [Int32], names: String?, _ body: () throws -> Void) throws {
        DescriptorTable.makePrivate()
        let copies = sockets.map { fcntl($0, F_DUPFD_CLOEXEC, 100) }
        let targets = (0..<Int32(sockets.count)).map { $0 + 3 }
        let saved = targets.map { fcntl($0, F_DUPFD_CLOEXEC, 200) }
        defer {
            for (target, old) in zip(targets, saved) {
                if old >= 0 { dup2(old, target) } else { _ = close(target) }
            }
        }
        for (target, copy) in zip(targets, copies) {
            try #require(copy >= 0 && dup2(copy, target) == target)
        }
        unsafe setenv("LISTEN_PID", "\(getpid())", 1)
        unsafe setenv("LISTEN_FDS", "\(sockets.count)", 1)
        if let names { unsafe setenv("LISTEN_FDNAMES", names, 1) } else { unsafe unsetenv("LISTEN_FDNAMES") }
        try body()
    }
}
