/// A connection to one address that can be made again: blocking, used by one thread.
protocol ByteSocket: AnyObject {
    var isOpen: Bool { get }
    /// Whether the peer has closed, or has sent what nobody asked for. Only asked while open.
    var isStale: Bool { get }
    /// For a signal handler, which can use nothing else; nil where there is none.
    var descriptor: Int32? { get }

    /// Connects; closes what was open.
    /// - Parameter deadline: of `WallClock.steadyMilliseconds`; nil: as long as the kernel tries.
    func connect(before deadline: Int64?) throws(SocketFault)
    /// Hands all bytes to the kernel.
    func send(_ bytes: [UInt8], before deadline: Int64?) throws(SocketFault)
    /// Waits for bytes. - Returns: how many now stand at the start of `buffer`; 0 where the peer has ended.
    func receive(into buffer: inout [UInt8], before deadline: Int64?) throws(SocketFault) -> Int
    func close()
}

/// What can happen to a connection.
enum SocketFault: Error, Sendable, Equatable {
    /// It cannot be made; the value is an `errno`, or 0 for a name that has no address.
    case unreachable(Int32)
    case broken
    case timedOut
}
