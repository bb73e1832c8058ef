package import NIOCore
internal import Synchronization

/// The workers of all event loops, as seen from any thread.
package final class WorkerGroup: Sendable {
    /// One for each event loop, in the loops' order.
    private let handles: [NIOLoopBound<Worker>]
    private let loops: [any EventLoop]
    /// Connections of all loops together, to hold them under the limit at the moment of accepting.
    private let connections = Atomic<Int>(0)

    /// Makes a worker on each loop of the group. Waits for the loops, so never call it on one.
    package init(_ group: any EventLoopGroup, serving: Serving, log: any DecisionLog) throws {
        loops = Array(group.makeIterator())
        handles = try loops.map { loop in
            try loop.submit { NIOLoopBound(Worker(eventLoop: loop, serving: serving, log: log), eventLoop: loop) }
                .wait()
        }
    }

    /// The worker of `loop`; call it on that loop.
    package func worker(of loop: any EventLoop) -> Worker? {
        guard let index = loops.firstIndex(where: { $0 === loop }) else { return nil }
        return handles[index].value
    }

    /// Has every loop serve `serving` from its next request on. - Returns: when all do.
    package func install(_ serving: Serving, on loop: any EventLoop) -> EventLoopFuture<Void> {
        onEach(loop) { $0.install(serving) }
    }

    /// Has every loop decide what waits for the keys of `source`, after what was installed before.
    package func release(_ source: UInt64, on loop: any EventLoop) -> EventLoopFuture<Void> {
        onEach(loop) { $0.keyWaits.answered(source) }
    }

    package func drain(on loop: any EventLoop) -> EventLoopFuture<Void> { onEach(loop) { $0.drain() } }

    package func closeAll(on loop: any EventLoop) -> EventLoopFuture<Void> { onEach(loop) { $0.closeAll() } }

    package var loopCount: Int { loops.count }

    /// Has every loop call `answer` with its index, when it comes to it.
    func askEach(_ answer: @escaping @Sendable (Int) -> Void) {
        for (index, loop) in loops.enumerated() { loop.execute { answer(index) } }
    }

    /// Collects a value from every worker, in the loops' order, delivered on `loop`.
    package func collect<Value: Sendable>(
        on loop: any EventLoop,
        _ read: @escaping @Sendable (Worker) -> Value
    ) -> EventLoopFuture<[Value]> {
        let values = zip(loops, handles).map { loop, handle in loop.submit { read(handle.value) } }
        return EventLoopFuture.whenAllSucceed(values, on: loop)
    }

    private func onEach(_ loop: any EventLoop, _ act: @escaping @Sendable (Worker) -> Void) -> EventLoopFuture<Void> {
        collect(on: loop, act).map { _ in }
    }

    /// Counts a new connection in. - Returns: false where there would be more than `limit`; then it is not counted.
    package func admit(limit: Int) -> Bool {
        let count = connections.add(1, ordering: .relaxed).newValue
        if count <= limit { return true }
        connections.subtract(1, ordering: .relaxed)
        return false
    }

    /// Counts an admitted connection out.
    package func leave() { connections.subtract(1, ordering: .relaxed) }

    package var connectionCount: Int { connections.load(ordering: .relaxed) }
}
