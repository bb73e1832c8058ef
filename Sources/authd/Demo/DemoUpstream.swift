/// Where the demo's hello program listens.
enum DemoUpstream {
    case unix(String)
    /// `HOST:PORT` on this machine.
    case tcp(String)

    /// As `hello --listen` takes it.
    var listenArgument: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let address): address
        }
    }

    /// As the configuration takes it.
    var url: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let address): "http://\(address)"
        }
    }
}
