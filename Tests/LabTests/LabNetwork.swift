import Foundation
import Glibc
import TestSupport

/// The network of a machine or a container, from within the test: a thread that has entered it makes its sockets there.
struct LabNetwork: Sendable {
    private typealias SetNamespace = @convention(c) (Int32, Int32) -> Int32
    private static let newNetwork: Int32 = 0x4000_0000

    private let process: Int32

    /// - Parameter process: one that lives in the network, by the host's number.
    init(of process: Int32) {
        self.process = process
    }

    /// Puts the calling thread into the network, for good: only a thread of one's own may do that.
    func enter() throws {
        let descriptor = unsafe open("/proc/\(process)/ns/net", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestSupportError("process \(process) has no network, errno \(errno)") }
        defer { _ = close(descriptor) }
        // Swift's Glibc has no setns(2); the symbol has this type in every glibc since 2.14.
        guard let symbol = unsafe dlsym(nil, "setns") else { throw TestSupportError("there is no setns") }
        let setNamespace = unsafe unsafeBitCast(symbol, to: SetNamespace.self)
        guard setNamespace(descriptor, Self.newNetwork) == 0 else {
            throw TestSupportError("setns failed, errno \(errno)")
        }
    }

    /// One exchange over a connection of its own.
    func exchange(_ request: String, with address: SocketAddress) throws -> RawResponse {
        try inside { try RawConnection(to: address).exchange(request) }
    }

    /// Does something on a thread within the network.
    func inside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let done = Awaited<Result<Value, any Error>?>(nil)
        Thread.detachNewThread {
            let result = Result {
                try enter()
                return try body()
            }
            done.update { $0 = result }
        }
        guard let result = done.first(before: .seconds(60), { $0 }) else { throw TestSupportError("no answer") }
        return try result.get()
    }
}
