import Foundation
import Glibc
import Synchronization
import TestSupport

/// Clients that connect, ask once and close, without a pause, while the service behind the socket comes and goes.
final class ConnectionLoad: Sendable {
    struct Counts: Sendable {
        var answered = 0
        /// connect(2) failed: what a client of a gateway would see as "the service is down".
        var refused = 0
        /// A connection that was accepted by the kernel ended without a whole answer.
        var unanswered = 0
        /// An answer that is not the right one.
        var wrong = 0
        var faults: [String] = []
    }

    private let isStopping = Atomic(false)
    private let answered = Atomic<Int>(0)
    private let finished = Awaited((clients: 0, counts: Counts()))
    private let clients: Int

    init(to address: SocketAddress, clients: Int, good: String, bad: String) {
        self.clients = clients
        for number in 0..<clients {
            Thread.detachNewThread { [self] in
                var counts = Counts()
                var turn = number
                while !isStopping.load(ordering: .relaxed) {
                    turn += 1
                    let isGood = !turn.isMultiple(of: 4)
                    ask(address, isGood ? good : bad, expecting: isGood ? 200 : 401, &counts)
                }
                finish(counts)
            }
        }
    }

    private func ask(_ address: SocketAddress, _ text: String, expecting status: Int, _ counts: inout Counts) {
        let connection: RawConnection
        do {
            connection = try RawConnection(to: address)
        } catch {
            counts.refused += 1
            return note("\(error)", &counts)
        }
        do {
            let answer = try connection.exchange(text).status
            guard answer == status else {
                counts.wrong += 1
                return note("\(answer) for \(status)", &counts)
            }
            counts.answered += 1
            answered.add(1, ordering: .relaxed)
        } catch {
            counts.unanswered += 1
            note("\(error)", &counts)
        }
    }

    private func note(_ fault: String, _ counts: inout Counts) {
        if counts.faults.count < 3 { counts.faults.append(fault) }
    }

    private func finish(_ counts: Counts) {
        finished.update { total in
            total.clients += 1
            total.counts.answered += counts.answered
            total.counts.refused += counts.refused
            total.counts.unanswered += counts.unanswered
            total.counts.wrong += counts.wrong
            total.counts.faults += counts.faults
        }
    }

    /// Waits until so many more requests have been answered.
    func awaitAnswers(_ count: Int) throws {
        let goal = answered.load(ordering: .relaxed) + count
        let deadline = Deadline.usual
        while answered.load(ordering: .relaxed) < goal {
            guard !deadline.isPast else { throw TestSupportError("the service answers nobody") }
            usleep(1000)
        }
    }

    /// Stops all clients and waits for them.
    func stop() throws -> Counts {
        isStopping.store(true, ordering: .relaxed)
        let counts = finished.first(before: .seconds(60)) { $0.clients == clients ? $0.counts : nil }
        guard let counts else { throw TestSupportError("a client hangs: an answer never came") }
        return counts
    }
}
