/// Metrics in Prometheus' text exposition format 0.0.4.
enum MetricsText {
    /// The media type of the format.
    static let contentType: StaticString = "text/plain; version=0.0.4; charset=utf-8"

    static func render(_ families: [MetricFamily]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(16_384)
        for family in families {
            text.append(contentsOf: "# HELP \(family.name) \(escapedHelp(family.help))\n".utf8)
            text.append(contentsOf: "# TYPE \(family.name) \(family.kind.rawValue)\n".utf8)
            for sample in family.samples {
                let labels = sample.labels.isEmpty ? "" : "{\(sample.labels)}"
                text.append(contentsOf: "\(family.name)\(sample.suffix)\(labels) \(number(sample.value))\n".utf8)
            }
        }
        return text
    }

    /// Whole numbers without a fraction, others in their shortest form.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // Above 2^53 a double is no exact count any more; its own form says so.
        if abs(value) < 9_007_199_254_740_992, let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }

    private static func escapedHelp(_ text: String) -> String {
        String(text.map { $0 == "\n" || $0 == "\r\n" || $0 == "\\" ? " " : $0 })
    }
}
