import Testing

@testable import Daemon

@Suite struct ProxyCountersTests {
    @Test func sums_hold_and_names_and_labels_are_unique() {
        var one = ProxyCounters()
        one.countForwarded(status: 204)
        one.countForwarded(status: 599)
        one.countLocal(status: 401)
        one.upstreamConnects = 3
        one.bytesOut = 7
        var two = one
        two.add(one)
        for (single, double) in zip(one.metrics(), two.metrics()) {
            #expect(double.value == 2 * single.value && single.name == double.name)
        }
        let names = one.metrics().map { $0.name + "{" + $0.labels + "}" }
        #expect(Set(names).count == names.count && names.allSatisfy { $0.hasPrefix("authd_proxy_") })
        #expect(names.contains(#"authd_proxy_responses_total{from="upstream",status="2xx"}"#))
        #expect(one.metrics().map(\.value).reduce(0, +) == 13)
    }
}
