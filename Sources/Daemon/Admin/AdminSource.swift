package import NIOCore

/// Where the admin endpoint gets what it tells. The daemon's composition fills it in.
package struct AdminSource: Sendable {
    /// Puts a report together. It is called on the asking connection's event loop, and the future may be of any loop.
    package let report: @Sendable (any EventLoop) -> EventLoopFuture<AdminReport>

    package init(report: @escaping @Sendable (any EventLoop) -> EventLoopFuture<AdminReport>) {
        self.report = report
    }
}
