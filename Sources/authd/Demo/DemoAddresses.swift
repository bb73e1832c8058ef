internal import Daemon
internal import Platform

/// Where the demo listens, each address with the option that changes it.
struct DemoAddresses {
    let proxy: TCPAddress
    let decision: TCPAddress
    let admin: TCPAddress

    init(proxy: String, decision: String, admin: String) throws(CommandFailure) {
        self.proxy = try Self.address(proxy, "--proxy")
        self.decision = try Self.address(decision, "--decision")
        self.admin = try Self.address(admin, "--admin")
        guard Set(all.map(\.address)).count == all.count else {
            throw CommandFailure(.usage, "--proxy, --decision and --admin need an address each")
        }
    }

    private var all: [(option: String, address: TCPAddress)] {
        [("--proxy", proxy), ("--decision", decision), ("--admin", admin)]
    }

    /// Takes each address for a moment, so that one that is taken is named together with its option.
    func requireFree() throws(CommandFailure) {
        for (option, address) in all {
            do throws(SocketError) {
                _ = try TCPListenSocket(address)
            } catch {
                throw CommandFailure(
                    error.code == .permissionDenied ? .noPermission : .failed,
                    "\(error); choose another address with \(option), for example \(option) "
                        + "\(address.withPort(other(than: address)))"
                )
            }
        }
    }

    /// A port that is none of the demo's own.
    private func other(than address: TCPAddress) -> UInt16 {
        let taken = Set(all.map(\.address.port))
        // Below the ports that the kernel gives to outgoing connections.
        return (18_080...18_090).first { $0 != address.port && !taken.contains($0) } ?? 18_091
    }

    private static func address(_ text: String, _ option: String) throws(CommandFailure) -> TCPAddress {
        let address: TCPAddress
        do throws(SocketError) {
            address = try TCPAddress(text)
        } catch {
            throw CommandFailure(.usage, "\(option): \(error)")
        }
        guard address.port != 0 else { throw CommandFailure(.usage, "\(option): give a port from 1 to 65535") }
        guard address.isLoopback else {
            throw CommandFailure(.usage, "\(option): the demo listens on this machine only, such as 127.0.0.1")
        }
        return address
    }
}

extension TCPAddress {
    fileprivate func withPort(_ port: UInt16) -> TCPAddress { TCPAddress(host: host, port: port) }
}
