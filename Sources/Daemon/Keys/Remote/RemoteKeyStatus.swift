/// How the fetching of one issuer's keys stands, for the admin endpoint.
package struct RemoteKeyStatus: Sendable, Equatable {
    /// Fetches that were begun, by why: `refresh`, `unknown_key`, `reload`.
    package let fetches: [(cause: String, count: UInt64)]
    /// Failures in a row.
    package let failures: Int

    package init(fetches: [(cause: String, count: UInt64)], failures: Int) {
        self.fetches = fetches
        self.failures = failures
    }

    init(_ state: RemoteKeyState) {
        self.init(
            fetches: RemoteKeySchedule.Cause.allCases.map { ($0.rawValue, state.fetches[$0] ?? 0) },
            failures: state.schedule.failures
        )
    }

    package static func == (left: RemoteKeyStatus, right: RemoteKeyStatus) -> Bool {
        left.failures == right.failures && left.fetches.elementsEqual(right.fetches) { $0 == $1 }
    }
}
