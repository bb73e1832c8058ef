internal import Configuration
internal import Platform

/// Binds every listener of the settings, or none: a service that is half there is not there.
struct ListenerBinder {
    /// Sockets from systemd that no listener has taken yet.
    private(set) var inherited: [InheritedSocket]
    private let passed: String
    private let allowsRemote: Bool

    /// - Parameter inherited: what systemd passed.
    init(inherited: [InheritedSocket], allowsRemote: Bool) {
        self.inherited = inherited
        self.allowsRemote = allowsRemote
        passed = inherited.map { "\($0.name) (\($0.kind))" }.joined(separator: ", ")
    }

    mutating func bind(_ listeners: ListenersSettings) throws(StartFailure) -> [BoundListener] {
        var bound: [BoundListener] = []
        let all: [(ListenerKind, [ListenerSettings])] = [
            (.decision, listeners.decision), (.proxy, listeners.proxy), (.admin, listeners.admin),
        ]
        for (kind, settings) in all {
            for listener in settings {
                do {
                    for var socket in try bind(listener, kind) {
                        socket.certificate = listener.tls
                        bound.append(socket)
                    }
                } catch {
                    // The files of those that are bound already would look like a live service.
                    for other in bound { other.file?.remove() }
                    throw error
                }
            }
        }
        return bound
    }

    private mutating func bind(
        _ settings: ListenerSettings,
        _ kind: ListenerKind
    ) throws(StartFailure) -> [BoundListener] {
        let peers = try PeerPolicy(settings.allowedPeers)
        switch settings.address {
        case .unix(let socket): return [try bindUnix(socket, kind, peers)]
        case .tcp(let address): return try bindTCP(address, kind)
        case .systemd(let name): return try take(name, kind, settings, peers)
        }
    }

    private func bindUnix(
        _ socket: ListenerAddress.UnixSocket,
        _ kind: ListenerKind,
        _ peers: PeerPolicy
    ) throws(StartFailure) -> BoundListener {
        let group = try socket.group.map { account throws(StartFailure) in try Self.gid(account) }
        do {
            let file = try UnixSocketFile(
                path: socket.path,
                mode: socket.mode,
                group: group,
                backlog: BoundListener.ownBacklog
            )
            return BoundListener(
                kind: kind,
                name: "unix:\(socket.path)",
                descriptor: file.takeDescriptor() ?? -1,
                isUnix: true,
                peers: peers,
                file: file
            )
        } catch {
            throw Self.failure(error, kind)
        }
    }

    private func bindTCP(
        _ address: Configuration.TCPAddress,
        _ kind: ListenerKind
    ) throws(StartFailure) -> [BoundListener] {
        do {
            // Configuration has checked the address; Platform reads it again in its own form.
            let socket = try TCPListenSocket(Platform.TCPAddress("\(address)"), backlog: BoundListener.ownBacklog)
            return [
                BoundListener(
                    kind: kind,
                    name: "tcp:\(address)",
                    descriptor: socket.takeDescriptor() ?? -1,
                    isUnix: false,
                    peers: .everybody,
                    file: nil
                )
            ]
        } catch {
            throw Self.failure(error, kind)
        }
    }

    /// A socket that systemd listens on, by its FileDescriptorName. It is held to the same rules as one of ours.
    private mutating func take(
        _ name: String,
        _ kind: ListenerKind,
        _ settings: ListenerSettings,
        _ peers: PeerPolicy
    ) throws(StartFailure) -> [BoundListener] {
        let matching = inherited.filter { $0.name == name }
        inherited.removeAll { $0.name == name }
        guard !matching.isEmpty else {
            let what =
                passed.isEmpty
                ? "it passed none: start the socket unit (systemctl start authd.socket), or give the listener an address"
                : "it passed \(passed)"
            throw Self.failure("systemd passed no socket with FileDescriptorName=\(name); \(what)", settings)
        }
        var bound: [BoundListener] = []
        for socket in matching {
            if !socket.isUnix {
                guard settings.allowedPeers == nil else {
                    throw Self.failure(
                        "allow_peers needs a Unix socket, but systemd passed \(socket.kind) as \(name); set "
                            + "ListenStream=/PATH in its unit, or remove allow_peers",
                        settings
                    )
                }
                guard allowsRemote || settings.tls != nil || socket.isLoopback else {
                    throw Self.failure(
                        "\(socket.kind) is reachable from other machines; set allow_remote: true if that is meant",
                        settings
                    )
                }
            }
            bound.append(
                BoundListener(
                    kind: kind,
                    name: "systemd:\(name)",
                    descriptor: socket.fileDescriptor,
                    isUnix: socket.isUnix,
                    peers: peers,
                    file: nil,
                    backlog: BoundListener.inheritedBacklog
                )
            )
        }
        return bound
    }

    private static func failure(_ message: String, _ settings: ListenerSettings) -> StartFailure {
        StartFailure(.configuration, ["\(settings.origin.place): \(settings.origin.path): \(message)"])
    }

    private static func gid(_ account: AccountName) throws(StartFailure) -> UInt32 {
        switch account {
        case .number(let number): return number
        case .name(let name):
            let found = try? UserDirectory.gid(named: name)
            guard let found = found ?? nil else {
                throw StartFailure(.configuration, ["group: there is no group \"\(name)\""])
            }
            return found
        }
    }

    private static func failure(_ error: SocketError, _ kind: ListenerKind) -> StartFailure {
        let code: ExitCode =
            error.errorNumber.map { [1, 13].contains($0.rawValue) } ?? false ? .noPermission : .configuration
        return StartFailure(code, ["listeners.\(kind.rawValue): \(error)"])
    }
}

extension InheritedSocket {
    var isUnix: Bool {
        switch kind {
        case .unix: true
        case .tcp: false
        }
    }

    var isLoopback: Bool {
        switch kind {
        case .unix: true
        case .tcp(let address): address.isLoopback
        }
    }
}
