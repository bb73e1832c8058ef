internal import StrictJSON

/// The body of `/readyz`.
enum ReadinessText {
    static func json(_ report: AdminReport) -> [UInt8] { json(report.status, reasons: report.reasons) }

    /// `{"status":"ready"}`, with `reasons` where there are any.
    static func json(_ status: AdminStatus, reasons: [String] = []) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("status")
        writer.string(status.rawValue)
        if !reasons.isEmpty {
            writer.name("reasons")
            writer.beginArray()
            for reason in reasons { writer.string(reason) }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes + Array("\n".utf8)
    }
}
