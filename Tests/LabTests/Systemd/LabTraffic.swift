import TestSupport

extension InstalledAuthd {
    /// Asks at all doors at once while something happens, and says what came of it.
    ///
    /// - Parameter endsUnreachable: authd is gone at the end, so a connection attempt that fails ends its client.
    func underLoad(
        _ name: String,
        endsUnreachable: Bool = false,
        _ body: () throws -> Void
    ) throws -> RequestLoadCounts {
        try LabNginx.start(machine)
        let load = RequestLoad(endsWhenRefused: endsUnreachable, entering: network.enter)
        let good = secret.token()
        let bad = LabSecret.fresh().token()
        // One request on each connection, and many: a restart meets both in another way.
        for (address, each) in [(decisionSocket, 1), (decisionSocket, 1), (decisionSocket, 50)] {
            load.start(to: address, requestsEach: each, good: good, bad: bad) {
                LabRequest.question($0, close: $1)
            }
        }
        for (address, each) in [(Self.proxy, 1), (Self.proxy, 50), (Self.nginx, 1), (Self.nginx, 50)] {
            load.start(to: address, requestsEach: each, good: good, bad: bad) {
                LabRequest.get("/hello", $0, close: $1)
            }
        }
        let outcome = Result { try body() }
        let counts = try load.stop()
        print("\(name): \(counts.text)")
        try outcome.get()
        return counts
    }
}
