import Glibc
import Testing

@testable import Platform

@Suite struct TCPListenSocketTests {
    private static let loopback = TCPAddress(host: .v4(0x7f00_0001), port: 0)

    private func refusal(_ address: TCPAddress) -> SocketError? {
        do throws(SocketError) {
            _ = try TCPListenSocket(address)
            return nil
        } catch {
            return error
        }
    }

    @Test func port_zero_becomes_a_real_port_that_accepts() throws {
        let socket = try TCPListenSocket(Self.loopback)
        #expect(socket.address.port != 0)
        #expect(socket.address.host == Self.loopback.host)
        let client = try #require(try RawSocket.connect(socket.address))
        _ = close(client)
        let number = try #require(socket.takeDescriptor())
        #expect(fcntl(number, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
        #expect(socket.takeDescriptor() == nil)
        _ = close(number)
    }

    // C08.
    @Test func a_port_in_use_is_named() throws {
        let first = try TCPListenSocket(Self.loopback)
        let error = try #require(refusal(first.address))
        #expect(error.code == .inUse)
        #expect(
            error.description == "cannot listen on \(first.address): address already in use (EADDRINUSE): "
                + "another process listens on \(first.address)"
        )
        let client = try #require(try RawSocket.connect(first.address))
        _ = close(client)
    }

    @Test func a_port_of_a_former_run_is_free_at_once() throws {
        var socket: TCPListenSocket? = try TCPListenSocket(Self.loopback)
        let address = try #require(socket?.address)
        let client = try #require(try RawSocket.connect(address))
        let accepted = try accept(from: #require(socket?.fileDescriptor))
        // The side that closes first keeps the port in TIME_WAIT.
        _ = close(accepted)
        _ = close(client)
        socket = nil
        #expect(refusal(address) == nil)
    }

    @Test func an_address_of_no_interface_is_named_and_can_be_asked_for() throws {
        // TEST-NET-1, RFC 5737.
        let absent = TCPAddress(host: .v4(0xc000_0201), port: 0)
        let error = try #require(refusal(absent))
        #expect(error.code == .addressUnavailable)
        #expect(error.description.contains("192.0.2.1"))
        let early = try TCPListenSocket(absent, freeBind: true)
        #expect(early.address.host == absent.host)
    }

    @Test(.enabled(if: geteuid() == 0, "drops root's rights in a child"))
    func a_privileged_port_is_named() async {
        await #expect(processExitsWith: .success) {
            let first = try SecureFile.read(
                "/proc/sys/net/ipv4/ip_unprivileged_port_start",
                limit: 10,
                policy: .ordinary
            )
            // Where every port is free to all there is nothing to refuse.
            guard first.array != Array("0\n".utf8) else { return }
            try #require(setuid(65_534) == 0)
            let error = try #require(throws: SocketError.self) {
                _ = try TCPListenSocket(TCPAddress("127.0.0.1:81"))
            }
            #expect(error.code == .permissionDenied)
            #expect(error.description.contains("127.0.0.1:81"))
            #expect(error.description.contains("CAP_NET_BIND_SERVICE"))
        }
    }

    @Test func ipv6_listens_where_there_is_any() throws {
        let address = TCPAddress(host: .v6(high: 0, low: 1), port: 0)
        do {
            let socket = try TCPListenSocket(address)
            #expect(socket.address.host == address.host)
            #expect(socket.address.description.hasPrefix("[::1]:"))
            let client = try #require(try RawSocket.connect(socket.address))
            _ = close(client)
        } catch let error as SocketError {
            // A machine without IPv6: the error must say which address it was.
            #expect([.addressUnavailable, .familyUnsupported].contains(error.code))
            #expect(error.description.contains("[::1]:0"))
        }
    }

    @Test func a_group_shares_one_port_and_a_second_instance_is_refused() throws {
        let group = try TCPListenSocket.group(Self.loopback, count: 3)
        let address = group[0].address
        #expect(group.map(\.address) == [address, address, address])
        #expect(refusal(address)?.code == .inUse)
        #expect(throws: SocketError.self) { try TCPListenSocket.group(address, count: 3) }
        #expect(throws: SocketError.self) { try TCPListenSocket.group(address, count: 1) }
        // The kernel spreads connections: with 200 no member stays without one.
        var clients: [Int32] = []
        for _ in 1...200 {
            clients.append(try #require(try RawSocket.connect(address)))
        }
        defer { clients.closeAll() }
        let counts = try group.map { try acceptAll(from: #require($0.fileDescriptor)) }
        #expect(counts.reduce(0, +) == 200)
        #expect(counts.allSatisfy { $0 > 0 }, "\(counts)")
    }

    private func accept(from listener: Int32) throws -> Int32 {
        var descriptors = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
        try #require(unsafe poll(&descriptors, 1, 10_000) == 1)
        let number = Glibc.accept(listener, nil, nil)
        try #require(number >= 0)
        return number
    }

    private func acceptAll(from listener: Int32) -> Int {
        var count = 0
        while true {
            let number = Glibc.accept(listener, nil, nil)
            guard number >= 0 else { return count }
            _ = close(number)
            count += 1
        }
    }
}
