/// A connection whose time can run out. Its worker looks at all of them once a second: a limit costs nothing until it is
/// reached, and no timer is made for a request.
protocol TimedConnection: AnyObject {
    /// When the connection's time is over, in nanoseconds of the monotonic clock; `Int64.max`: never.
    var deadline: Int64 { get }
    /// Where the worker's table holds the connection; the table's own.
    var tableIndex: Int { get set }
    /// The deadline has passed.
    func timeIsOver()
    /// The process stops: finish what has begun, take nothing new.
    func drain()
}
