import Configuration
import Platform
import Testing

@testable import Daemon

@Suite struct ListenerBinderTests {
    private static let origin = ConfigurationOrigin(
        place: ConfigurationPlace(file: "authd.yaml", line: 3, column: 7),
        path: ConfigurationPath()
    )

    private func listener(_ name: String, peers: [AccountName]? = nil) -> ListenersSettings {
        let listener = ListenerSettings(address: .systemd(name), allowedPeers: peers, tls: nil, origin: Self.origin)
        return ListenersSettings(decision: [listener], proxy: [], admin: [])
    }

    private func tcp(_ name: String, _ address: String) throws -> InheritedSocket {
        InheritedSocket(name: name, fileDescriptor: 3, kind: .tcp(try Platform.TCPAddress(address)))
    }

    private func refusal(
        _ settings: ListenersSettings,
        _ inherited: [InheritedSocket],
        allowsRemote: Bool = false
    ) throws -> String {
        var binder = ListenerBinder(inherited: inherited, allowsRemote: allowsRemote)
        do {
            _ = try binder.bind(settings)
        } catch {
            #expect(error.exitCode == .configuration)
            return error.messages.joined()
        }
        return "not refused"
    }

    @Test func a_missing_name_is_told_with_those_that_came() throws {
        let unix = InheritedSocket(name: "unknown", fileDescriptor: 4, kind: .unix)
        let text = try refusal(listener("decision"), [tcp("web", "127.0.0.1:8080"), unix])
        #expect(text.hasPrefix("authd.yaml:3:7: "))
        #expect(
            text.contains("FileDescriptorName=decision; it passed web (TCP 127.0.0.1:8080), unknown (a Unix socket)")
        )
    }

    @Test func without_any_socket_the_socket_unit_is_named() throws {
        #expect(try refusal(listener("decision"), []).contains("start the socket unit"))
    }

    /// The kernel tells no user of a TCP connection: the list would let everybody in.
    @Test func a_list_of_peers_on_a_tcp_socket_is_refused() throws {
        let text = try refusal(listener("decision", peers: [.number(0)]), [tcp("decision", "127.0.0.1:9180")])
        #expect(text.contains("allow_peers needs a Unix socket, but systemd passed TCP 127.0.0.1:9180 as decision"))
    }

    @Test func a_socket_that_other_machines_reach_needs_to_be_meant() throws {
        let socket = try tcp("decision", "0.0.0.0:9180")
        #expect(try refusal(listener("decision"), [socket]).contains("allow_remote"))
        #expect(try refusal(listener("decision"), [socket], allowsRemote: true) == "not refused")
    }

    @Test func sockets_of_one_name_are_all_taken_and_others_are_left() throws {
        var binder = ListenerBinder(
            inherited: [
                InheritedSocket(name: "decision", fileDescriptor: 3, kind: .unix),
                try tcp("other", "127.0.0.1:1"),
                try tcp("decision", "127.0.0.1:2"),
            ],
            allowsRemote: false
        )
        let bound = try binder.bind(listener("decision"))
        #expect(bound.map(\.isUnix) == [true, false])
        #expect(bound.allSatisfy { $0.backlog == BoundListener.inheritedBacklog && $0.file == nil })
        #expect(binder.inherited.map(\.name) == ["other"])
    }
}
