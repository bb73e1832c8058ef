internal import Configuration
internal import Platform

/// Which users may connect to a Unix socket, by the kernel's word.
struct PeerPolicy: Sendable, Equatable {
    /// nil: whoever can open the socket.
    let users: Set<UInt32>?

    static let everybody = PeerPolicy(users: nil)

    private init(users: Set<UInt32>?) { self.users = users }

    /// Looks the names up.
    init(_ accounts: [AccountName]?) throws(StartFailure) {
        guard let accounts else {
            users = nil
            return
        }
        var users: Set<UInt32> = []
        let namespace = UserNamespace.current()
        for account in accounts {
            switch account {
            case .number(let number): users.insert(number)
            case .name(let name): users.insert(try Self.lookUp(name))
            }
        }
        for user in users.sorted() where !namespace.canTell(user) {
            throw StartFailure(
                .configuration,
                [
                    "allow_peers: uid \(user) is not in this process's user namespace, so its connections look like "
                        + "everybody's; start authd with PrivateUsers=no"
                ]
            )
        }
        self.users = users
    }

    private static func lookUp(_ name: String) throws(StartFailure) -> UInt32 {
        let found: UInt32?
        do {
            found = try UserDirectory.uid(named: name)
        } catch {
            throw StartFailure(.configuration, ["allow_peers: cannot look up the user \"\(name)\": \(error)"])
        }
        guard let found else {
            throw StartFailure(
                .configuration,
                ["allow_peers: there is no user \"\(name)\"; create it, or name another one or a uid"]
            )
        }
        return found
    }

    /// Whether the peer of a connected Unix socket may ask; a socket without credentials may not.
    func allows(descriptor: Int32) -> Bool {
        guard let users else { return true }
        guard let peer = try? PeerCredentials(ofSocket: descriptor) else { return false }
        return users.contains(peer.user)
    }
}
