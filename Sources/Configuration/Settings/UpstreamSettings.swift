/// A server that the proxy sends approved requests to.
package struct UpstreamSettings: Sendable, Equatable {
    package enum Address: Sendable, Equatable {
        /// A name or an IP address (IPv6 without brackets), and a port.
        case http(host: String, port: Int)
        case https(host: String, port: Int)
        /// An absolute path of at most 107 bytes.
        case unix(path: String)
    }

    package let name: String
    package let address: Address
    /// Path of a PEM file with the certification authorities of an https upstream; nil: the system's.
    package let authorities: String?
    package let origin: ConfigurationOrigin

    package init(name: String, address: Address, authorities: String? = nil, origin: ConfigurationOrigin) {
        self.name = name
        self.address = address
        self.authorities = authorities
        self.origin = origin
    }
}
