import Foundation
import Synchronization
import TestSupport

/// Clients that ask without end, each with good and bad tokens in turn, and count what must not happen.
final class LabLoad: Sendable {
    struct Counts: Sendable {
        var connections = 0
        var requests = 0
        /// A connection attempt that failed.
        var refused = 0
        /// A good token was denied, or a bad one let through.
        var wrong = 0
        /// 5xx: the door stayed closed.
        var unavailable = 0
        /// No whole answer on a connection that was there.
        var broken = 0
        /// A kept connection was closed before anything came back: HTTP's own race (RFC 9112 §9.3.1), asked again.
        var reopened = 0
        var firstFaults: [String] = []

        mutating func add(_ other: Counts) {
            connections += other.connections
            requests += other.requests
            refused += other.refused
            wrong += other.wrong
            unavailable += other.unavailable
            broken += other.broken
            reopened += other.reopened
            firstFaults += other.firstFaults
        }

        var text: String {
            "\(connections) connections, \(requests) requests: \(refused) refused, \(wrong) answered wrongly, "
                + "\(unavailable) unavailable, \(broken) broken off, \(reopened) closed while idle"
        }
    }

    private let isStopping = Atomic(false)
    private let finished = Awaited((clients: 0, counts: Counts()))
    private let clients = Atomic(0)
    private let endsWhenRefused: Bool

    init(endsWhenRefused: Bool = false) {
        self.endsWhenRefused = endsWhenRefused
    }

    /// Starts a client. `text` makes a request; a connection serves `requestsEach` of them.
    func start(
        _ network: LabNetwork,
        _ address: SocketAddress,
        requestsEach: Int,
        good: String,
        bad: String,
        text: @escaping @Sendable (_ token: String, _ close: Bool) -> String
    ) {
        clients.add(1, ordering: .relaxed)
        Thread.detachNewThread { [self] in
            var counts = Counts()
            do { try network.enter() } catch { counts.note("\(error)") }
            while !isStopping.load(ordering: .relaxed) {
                guard let connection = counts.connect(to: address) else {
                    if endsWhenRefused { break }
                    continue
                }
                for number in 1...requestsEach {
                    let isGood = counts.requests % 3 != 2
                    let request = text(isGood ? good : bad, number == requestsEach)
                    guard counts.exchange(request, on: connection, isFirst: number == 1, isGood: isGood) else { break }
                    if isStopping.load(ordering: .relaxed) { break }
                }
            }
            finished.update { total in
                total.clients += 1
                total.counts.add(counts)
            }
        }
    }

    /// Ends all clients and waits for them.
    func stop() throws -> Counts {
        isStopping.store(true, ordering: .relaxed)
        let all = clients.load(ordering: .relaxed)
        guard let counts = finished.first(before: .seconds(60), { $0.clients == all ? $0.counts : nil }) else {
            throw TestSupportError("a client hangs: an answer never came")
        }
        return counts
    }
}

extension LabLoad.Counts {
    fileprivate mutating func connect(to address: SocketAddress) -> RawConnection? {
        connections += 1
        do {
            return try RawConnection(to: address)
        } catch {
            refused += 1
            note("\(error)")
            return nil
        }
    }

    /// Whether the connection can go on.
    fileprivate mutating func exchange(
        _ request: String,
        on connection: RawConnection,
        isFirst: Bool,
        isGood: Bool
    ) -> Bool {
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
            return !response.closes
        } catch {
            if !isFirst, "\(error)".hasSuffix("after 0 bytes") {
                reopened += 1
                note("\(connection.address) closed a kept connection")
            } else {
                broken += 1
                note("\(error)")
            }
            return false
        }
    }

    fileprivate mutating func note(_ fault: String) {
        if firstFaults.count < 8 { firstFaults.append(fault) }
    }
}
