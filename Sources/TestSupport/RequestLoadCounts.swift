/// What came of the requests of a load.
package struct RequestLoadCounts: Sendable {
    package private(set) var connections = 0
    package private(set) var requests = 0
    /// A connection attempt that failed: what a client of a gateway would see as "the service is down".
    package private(set) var refused = 0
    /// A good token was denied, or a bad one let through.
    package private(set) var wrong = 0
    /// 5xx: the door stayed closed.
    package private(set) var unavailable = 0
    /// No whole answer on a connection that was there.
    package private(set) var broken = 0
    /// A kept connection was closed before anything came back: HTTP's own race (RFC 9112 §9.3.1), asked again.
    package private(set) var reopened = 0
    /// The first of each client.
    package private(set) var faults: [String] = []

    package var text: String {
        "\(connections) connections, \(requests) requests: \(refused) refused, \(wrong) answered wrongly, "
            + "\(unavailable) unavailable, \(broken) broken off, \(reopened) closed while idle \(faults)"
    }

    mutating func add(_ other: RequestLoadCounts) {
        connections += other.connections
        requests += other.requests
        refused += other.refused
        wrong += other.wrong
        unavailable += other.unavailable
        broken += other.broken
        reopened += other.reopened
        faults += other.faults
    }

    mutating func connect(to address: SocketAddress) -> RawConnection? {
        connections += 1
        do {
            return try RawConnection(to: address)
        } catch {
            refused += 1
            note("\(error)")
            return nil
        }
    }

    /// - Returns: whether there was a whole answer, and whether the connection can go on.
    mutating func exchange(
        _ request: String,
        on connection: RawConnection,
        isFirst: Bool,
        isGood: Bool
    ) -> (isAnswered: Bool, goesOn: Bool) {
        requests += 1
        do {
            let response = try connection.exchange(request)
            switch (response.status, isGood) {
            case (200, true), (401, false): break
            case (500..., _):
                unavailable += 1
                note("\(response.status) from \(connection.address)")
            default:
                wrong += 1
                note("\(response.status) for a \(isGood ? "good" : "bad") token from \(connection.address)")
            }
            return (true, !response.closes)
        } catch {
            if !isFirst, "\(error)".hasSuffix("after 0 bytes") {
                reopened += 1
                note("\(connection.address) closed a kept connection")
            } else {
                broken += 1
                note("\(error)")
            }
            return (false, false)
        }
    }

    mutating func note(_ fault: String) {
        if faults.count < 8 { faults.append(fault) }
    }
}
