import Foundation
import TestSupport

/// Clients that ask without a pause while the secrets rotate, and count what must never happen.
final class RotationLoad: Sendable {
    struct Counts: Sendable {
        var requests = 0
        var allowed = 0
        var refused = 0
        /// A currently valid token was not allowed.
        var refusedValid = 0
        /// A token of a retired secret, or a forged one, was allowed.
        var allowedInvalid = 0
        /// A request without a whole answer.
        var dropped = 0
        var firstFaults: [String] = []
    }

    /// What the clients may send now. A token is listed as good only while the file holds its secret and the daemon has
    /// been seen to take it; as bad only once the daemon has been seen to refuse it.
    struct Tokens: Sendable {
        var good: [String]
        var bad: [String]
        /// Secrets that are in the file, so that an answer that comes late is judged by what was true meanwhile.
        var generation: Int
    }

    private struct State: Sendable {
        var tokens: Tokens
        var isStopping = false
    }

    private let state: Awaited<State>
    private let finished = Awaited((clients: 0, counts: Counts()))

    init(_ tokens: Tokens) {
        state = Awaited(State(tokens: tokens))
    }

    func publish(_ tokens: Tokens) {
        state.update { $0.tokens = tokens }
    }

    /// Starts one client; `newConnectionAfter` requests it connects anew.
    func start(
        to address: SocketAddress,
        newConnectionAfter: Int,
        text: @escaping @Sendable (_ token: String) -> String
    ) {
        Thread.detachNewThread { [self] in
            var counts = Counts()
            var connection: RawConnection?
            var onConnection = 0
            while true {
                let state = state.current
                if state.isStopping { break }
                let tokens = state.tokens
                let isGood = counts.requests % 4 != 3
                let choice = isGood ? tokens.good : tokens.bad
                let token = choice[counts.requests % choice.count]
                counts.requests += 1
                do {
                    if connection == nil { connection = try RawConnection(to: address) }
                    let status = try connection?.exchange(text(token)).status ?? 0
                    judge(status, isGood: isGood, asked: tokens.generation, &counts)
                } catch {
                    counts.dropped += 1
                    note("\(address): \(error)", &counts)
                    connection = nil
                }
                onConnection += 1
                if onConnection >= newConnectionAfter {
                    connection = nil
                    onConnection = 0
                }
            }
            finish(counts)
        }
    }

    private func judge(_ status: Int, isGood: Bool, asked: Int, _ counts: inout Counts) {
        if status == 200 { counts.allowed += 1 } else { counts.refused += 1 }
        if !isGood {
            if status == 200 {
                counts.allowedInvalid += 1
                note("an invalid token was allowed", &counts)
            }
        } else if status != 200 {
            // A secret stays in the file for one generation after the one in which its token was last handed out.
            let now = state.current.tokens.generation
            guard now - asked <= 1 else { return }
            counts.refusedValid += 1
            note("a valid token got \(status)", &counts)
        }
    }

    private func note(_ fault: String, _ counts: inout Counts) {
        if counts.firstFaults.count < 5 { counts.firstFaults.append(fault) }
    }

    private func finish(_ counts: Counts) {
        finished.update { total in
            total.clients += 1
            total.counts.requests += counts.requests
            total.counts.allowed += counts.allowed
            total.counts.refused += counts.refused
            total.counts.refusedValid += counts.refusedValid
            total.counts.allowedInvalid += counts.allowedInvalid
            total.counts.dropped += counts.dropped
            total.counts.firstFaults += counts.firstFaults
        }
    }

    /// Stops all clients and waits for them.
    func stop(clients: Int) throws -> Counts {
        state.update { $0.isStopping = true }
        let counts = finished.first(before: .seconds(60)) { $0.clients == clients ? $0.counts : nil }
        guard let counts else { throw TestSupportError("a client hangs: an answer never came") }
        return counts
    }
}
