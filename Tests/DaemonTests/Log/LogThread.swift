import Foundation

/// A thread of its own, since tests that block may hold all threads of the concurrency pool.
enum LogThread {
    static func run(_ body: @escaping @Sendable () -> Void) { Thread.detachNewThread(body) }
}
