/// All samples of one metric.
struct MetricFamily: Sendable, Equatable {
    enum Kind: String, Sendable, Equatable {
        case counter, gauge, histogram
    }

    let name: String
    let help: String
    let kind: Kind
    private(set) var samples: [MetricSample] = []

    init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// A family of one sample without labels; of none where the value is not known.
    init(_ name: String, _ kind: Kind, _ help: String, _ value: Double?) {
        self.init(name, kind, help)
        if let value { add([], value) }
    }

    mutating func add(_ labels: [(name: String, value: String)], _ value: Double) {
        samples.append(MetricSample(suffix: "", labels: MetricSample.text(labels), value: value))
    }

    mutating func add(suffix: String, labels: String, _ value: Double) {
        samples.append(MetricSample(suffix: suffix, labels: labels, value: value))
    }
}
