import Foundation
import TestSupport
import Testing

extension Scenarios {
    /// The cases of jwt-cases.json that can stand in a header, asked of a running daemon at the real time.
    @Suite(.enabled(if: CorpusFolder.isPresent, Comment(rawValue: CorpusFolder.absence)))
    struct TokenCorpusTests {
        @Test func every_case_whose_verdict_holds_today_gets_it() throws {
            let all: [TokenCase] = try CorpusFolder.cases("jwt-cases.json")
            let cases = all.filter(\.header_safe)
            var counts: [String: Int] = [:]
            for (setting, members) in Dictionary(grouping: cases, by: { TokenSetting($0) }) {
                guard let setting else {
                    counts["skipped: the policy is none that the configuration has", default: 0] += members.count
                    continue
                }
                try ask(members, setting, &counts)
            }
            let text = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            print("jwt-cases through a daemon: \(cases.count) cases; \(text)")
            #expect(counts["allowed, with a public key", default: 0] > 0 && counts["allowed", default: 0] > 0)
            #expect(counts["refused, with a public key", default: 0] > 100 && counts["refused", default: 0] > 1000)
        }

        private func ask(_ cases: [TokenCase], _ setting: TokenSetting, _ counts: inout [String: Int]) throws {
            guard let daemon = try start(setting) else {
                // What no daemon can be asked must not be allowed by one that starts otherwise.
                // A key on a curve that no allowed algorithm uses is refused too: no case with it is to be allowed.
                let isExpected =
                    setting.isKeyWeak || setting.isImpossible
                    || cases.allSatisfy { $0.layer == "key" || setting.isPublicKey && $0.expect == "invalid" }
                #expect(isExpected, "a good key was refused: \(cases[0].id)")
                let why = setting.isImpossible ? "algorithms refused at load" : "key refused at load"
                counts[why, default: 0] += cases.count
                return
            }
            #expect(!setting.isImpossible, "\(cases[0].id)")
            let now = Date().timeIntervalSince1970
            for item in cases {
                guard let expected = item.verdict(at: now) else {
                    counts["skipped: depends on the time", default: 0] += 1
                    continue
                }
                guard let response = answer(daemon, item) else { continue }
                let reason = response["X-Authd-Reason"] ?? "none"
                let comment = Comment(rawValue: "\(item.id) \(item.why): \(response.status) \(reason)")
                if expected {
                    #expect(response.status == 200, comment)
                } else {
                    #expect([400, 401, 431].contains(response.status), comment)
                }
                let kind = setting.isPublicKey ? ", with a public key" : ""
                counts[(response.status == 200 ? "allowed" : "refused") + kind, default: 0] += 1
            }
        }

        /// The answer on a connection of its own: no answer at all is the fault of the one case only.
        private func answer(_ daemon: DaemonFixture, _ item: TokenCase) -> RawResponse? {
            Unspeakable.add(token: item.token.utf8)
            do {
                return try RawConnection(to: daemon.decision).exchange(question("GET", "/hello", token: item.token))
            } catch {
                Issue.record("\(item.id) \(item.why): \(error)")
                return nil
            }
        }

        /// A daemon with the key of the cases; `nil` where it refuses that key.
        private func start(_ setting: TokenSetting) throws -> DaemonFixture? {
            do {
                return try DaemonFixture(setting.configuration)
            } catch let error as TestSupportError where error.description.contains("ended at start") {
                return nil
            }
        }
    }
}
