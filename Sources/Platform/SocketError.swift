/// Why a listening socket could not be made: what, at which address, and what to do about it.
package struct SocketError: Error, Equatable, Sendable {
    /// The closed list of reasons.
    package enum Code: String, CaseIterable, Sendable {
        /// A live process listens there.
        case inUse = "in_use"
        case permissionDenied = "permission_denied"
        case addressInvalid = "address_invalid"
        case addressUnavailable = "address_unavailable"
        case familyUnsupported = "family_unsupported"
        /// Something that is no socket stands at the path.
        case notSocket = "not_socket"
        case pathTooLong = "path_too_long"
        case directoryMissing = "directory_missing"
        case directoryNotWritable = "directory_not_writable"
        case noDescriptors = "no_descriptors"
        case failed
    }

    package let code: Code
    /// The address as people write it: `127.0.0.1:8080`, `unix:/run/authd/decision.sock`.
    package let address: String
    package let errorNumber: ErrorNumber?
    /// The rest of the sentence: who or what is in the way.
    let detail: String

    /// A short text out of a closed list, safe as a metric label.
    package var label: String { code.rawValue }

    init(_ code: Code, address: String, errorNumber: ErrorNumber? = nil, detail: String) {
        self.code = code
        self.address = address
        self.errorNumber = errorNumber
        self.detail = detail
    }
}

extension SocketError: CustomStringConvertible {
    package var description: String {
        let cause = errorNumber.map { "\($0): " } ?? ""
        return "cannot listen on \(address): \(cause)\(detail)"
    }
}
