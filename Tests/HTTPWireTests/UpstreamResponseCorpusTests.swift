import HTTPWire
import TestSupport
import Testing

@Suite(
    .enabled(
        if: CorpusFolder.isPresent("http-upstream-responses.json"),
        "the corpora folder is absent: set AUTHD_CORPORA"
    )
)
struct UpstreamResponseCorpusTests {
    private enum Verdict: String {
        case asExpected = "as expected"
        /// The publisher's parser accepts the beginning; the case itself is cut short, so there is nothing to forward.
        case cutShort = "cut short in the corpus"
        /// The publisher's parser is a lenient one, and the case is taken from its own tests.
        case stricter = "stricter than the publisher"
        /// Bytes behind a response that has no body: they are dropped with the connection.
        case excessDropped = "excess bytes dropped with the connection"
        case wrong
    }

    @Test
    func every_case_ends_as_the_corpus_says_however_it_is_cut() throws {
        let cases = try UpstreamResponseCase.load()
        var generator = SeededGenerator(seed: 2)
        var counts: [String: Int] = [:]
        for entry in cases {
            let raw = Array(entry.raw)
            let exchange = UpstreamExchange([raw[...]])
            let verdict = Self.verdict(entry, exchange)
            counts[verdict.rawValue, default: 0] += 1
            #expect(verdict != .wrong, "\(entry.id): \(entry.why), \(exchange.state)")
            if verdict != .asExpected {
                print("\(entry.id): expected \(entry.expect), \(verdict.rawValue), \(exchange.state)")
            }
            for most in [1, 2, 5, 50] {
                let cut = UpstreamExchange(generator.pieces(of: raw, most: most))
                #expect(cut.state == exchange.state && cut.body == exchange.body, "\(entry.id) cut")
            }
        }
        print("http-upstream-responses: \(cases.count) cases, \(counts)")
        #expect(cases.count > 35)
    }

    private static func verdict(_ entry: UpstreamResponseCase, _ exchange: UpstreamExchange) -> Verdict {
        switch entry.expect {
        case .forward: forwardVerdict(entry, exchange)
        case .badGateway:
            switch exchange.state {
            case .refusedBeforeHead, .awaitingHead, .refusedInBody: .asExpected
            case .finished: !exchange.mayBeReused && exchange.body.isEmpty ? .excessDropped : .wrong
            case .awaitingBody: .wrong
            }
        case .gatewayTimeout:
            exchange.state == .awaitingHead ? .asExpected : .wrong
        case .abort:
            switch exchange.state {
            case .refusedInBody: .asExpected
            case .awaitingBody: exchange.mayEndWithInput ? .wrong : .asExpected
            case .finished, .awaitingHead, .refusedBeforeHead: .wrong
            }
        }
    }

    private static func forwardVerdict(_ entry: UpstreamResponseCase, _ exchange: UpstreamExchange) -> Verdict {
        switch exchange.state {
        case .finished: .asExpected
        case .awaitingBody where exchange.mayEndWithInput: .asExpected
        case .awaitingBody, .awaitingHead: entry.publisherSays == nil ? .wrong : .cutShort
        case .refusedBeforeHead, .refusedInBody: entry.publisherSays == nil ? .wrong : .stricter
        }
    }
}
