import Foundation
import Synchronization

/// Clients that ask without end, each with good and bad tokens in turn, while something happens to the service, and that
/// count what must not happen.
package final class RequestLoad: Sendable {
    private let isStopping = Atomic(false)
    private let answered = Awaited(0)
    private let finished = Awaited((clients: 0, counts: RequestLoadCounts()))
    private let clients = Atomic(0)
    private let endsWhenRefused: Bool
    private let enter: @Sendable () throws -> Void

    /// - Parameters:
    ///   - endsWhenRefused: whether a client ends where it can no longer connect.
    ///   - enter: puts a client's thread where it shall ask from: another network, for example.
    package init(endsWhenRefused: Bool = false, entering enter: @escaping @Sendable () throws -> Void = {}) {
        self.endsWhenRefused = endsWhenRefused
        self.enter = enter
    }

    /// Starts a client.
    /// - Parameters:
    ///   - requestsEach: how many requests it makes on a connection.
    ///   - good: a token that is always to be let through.
    ///   - bad: a token that never is.
    ///   - text: makes a request; the last one of a connection says that it closes.
    package func start(
        to address: SocketAddress,
        requestsEach: Int,
        good: String,
        bad: String,
        text: @escaping @Sendable (_ token: String, _ close: Bool) -> String
    ) {
        clients.add(1, ordering: .relaxed)
        Thread.detachNewThread { [self] in
            var counts = RequestLoadCounts()
            do { try enter() } catch { counts.note("\(error)") }
            while !isStopping.load(ordering: .relaxed) {
                guard let connection = counts.connect(to: address) else {
                    if endsWhenRefused { break }
                    continue
                }
                for number in 1...requestsEach {
                    let isGood = counts.requests % 3 != 2
                    let request = text(isGood ? good : bad, number == requestsEach)
                    let outcome = counts.exchange(request, on: connection, isFirst: number == 1, isGood: isGood)
                    if outcome.isAnswered { answered.update { $0 += 1 } }
                    if !outcome.goesOn || isStopping.load(ordering: .relaxed) { break }
                }
            }
            finished.update { total in
                total.clients += 1
                total.counts.add(counts)
            }
        }
    }

    /// Waits until so many more requests have been answered.
    package func awaitAnswers(_ count: Int) throws {
        let goal = answered.current + count
        guard answered.first(before: .usual, { $0 >= goal ? true : nil }) == true else {
            throw TestSupportError("the service answers nobody")
        }
    }

    /// Ends all clients and waits for them.
    package func stop() throws -> RequestLoadCounts {
        isStopping.store(true, ordering: .relaxed)
        let all = clients.load(ordering: .relaxed)
        guard let counts = finished.first(before: .seconds(60), { $0.clients == all ? $0.counts : nil }) else {
            throw TestSupportError("a client hangs: an answer never came")
        }
        return counts
    }
}
