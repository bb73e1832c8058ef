/// Whether a client used a domain of the API's owner, whose base path stands before the API's own.
enum CustomDomain {
    static func isUsed(_ event: EventDocument) -> Bool {
        guard case .text(let bytes) = event.text("domainName", of: event.object("requestContext")) else { return false }
        let name = String(decoding: bytes, as: UTF8.self)
        return !name.isEmpty && !name.contains(".execute-api.")
    }
}
