internal import ArgumentParser
internal import Platform

/// The value of `--listen`.
enum ListenAddress: Equatable, ExpressibleByArgument {
    case tcp(TCPAddress)
    case unix(path: String)

    /// 127.0.0.1:9090
    static let standard = ListenAddress.tcp(TCPAddress(host: .v4(0x7f00_0001), port: 9090))

    init?(argument: String) {
        if argument.hasPrefix("unix:") {
            let path = String(argument.dropFirst("unix:".count))
            guard !path.isEmpty else { return nil }
            self = .unix(path: path)
        } else {
            guard let address = try? TCPAddress(argument) else { return nil }
            self = .tcp(address)
        }
    }

    var defaultValueDescription: String { "\(self)" }
}

extension ListenAddress: CustomStringConvertible {
    var description: String {
        switch self {
        case .tcp(let address): "\(address)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
