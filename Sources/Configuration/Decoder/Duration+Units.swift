extension Duration {
    /// Rounded down. Durations of a configuration are whole milliseconds.
    package var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// As the decision core counts time: the number nearest to the whole milliseconds.
    package var inSeconds: Double { Double(wholeMilliseconds) / 1000 }
}
