import Foundation
import TestSupport
import Testing

extension AWSLabs {
    /// What `docs/aws.md` shows.
    @Suite struct DocumentedCommandsTests {
        private let documented: DocumentedCommands

        init() throws {
            documented = try DocumentedCommands()
        }

        private func names(_ pattern: String, in file: String) throws -> Set<String> {
            let text = try String(contentsOfFile: RepositoryRoot.path(file), encoding: .utf8)
            return Self.matches(pattern, text)
        }

        private static func matches(_ pattern: String, _ text: String) -> Set<String> {
            guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else {
                return []
            }
            let whole = NSRange(text.startIndex..., in: text)
            return Set(
                expression.matches(in: text, range: whole).compactMap {
                    Range($0.range(at: 1), in: text).map { String(text[$0]) }
                }
            )
        }

        private func variables() throws -> Set<String> {
            try ["variables", "variables-authorizer", "variables-secret"].reduce(into: []) {
                $0.formUnion(try names(#"^variable "([a-z_]+)""#, in: "deploy/terraform/\($1).tf"))
            }
        }

        @Test func every_block_runs_with_what_there_is() throws {
            let targets = try names("^([a-z-]+):", in: "Makefile")
            let parameters = try names("^  ([A-Za-z]+):$", in: "deploy/sam/template.yaml")
            let variables = try variables()
            var calls = 0
            for block in documented.blocks {
                for call in try documented.run(block, environment: ["TF_VAR_jwt_secret": "old"]) {
                    calls += 1
                    #expect(variables.isSuperset(of: call.variables.keys), "\(call)")
                    switch call.program {
                    case "make": #expect(targets.isSuperset(of: call.arguments), "\(call)")
                    case "terraform":
                        let given = zip(call.arguments, call.arguments.dropFirst()).filter { $0.0 == "-var" }.map(\.1)
                        #expect(variables.isSuperset(of: given.map { String($0.prefix { $0 != "=" }) }), "\(call)")
                    case "sam":
                        let given = call.arguments.filter { $0.contains("=") }
                        #expect(parameters.isSuperset(of: given.map { String($0.prefix { $0 != "=" }) }), "\(call)")
                    default: break
                    }
                }
            }
            #expect(documented.blocks.count >= 8)
            #expect(calls >= 15)
        }

        @Test func the_table_names_every_variable() throws {
            let rows = documented.text.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }
                .prefix { !$0.hasPrefix("| `runtime") }
            let cells = rows.compactMap { $0.split(separator: "|").first }
            let named = cells.reduce(into: Set<String>()) { $0.formUnion(Self.matches("`([a-z_]+)`", String($1))) }
            #expect(try named == variables())
        }

        @Test func a_rotation_never_signs_with_what_is_not_accepted() throws {
            let block = try #require(documented.blocks.first { $0.contains("TF_VAR_jwt_secret_previous") })
            let calls = try documented.run(block, environment: ["TF_VAR_jwt_secret": "old"])
            let applied = calls.filter { $0.program == "terraform" && $0.arguments.contains("apply") }
            try #require(applied.count == 3)
            func accepted(_ call: DocumentedCommands.Call) -> Set<String> {
                Set([call.variables["jwt_secret"], call.variables["jwt_secret_previous"]].compactMap(\.self))
            }
            // While an apply runs, each function has what it had before or what it gets.
            var signing: Set = ["old"]
            var verifying: Set = ["old"]
            for call in applied {
                let signer = try #require(call.variables["jwt_secret"])
                #expect(verifying.isSuperset(of: [signer]), "\(applied)")
                // The last step may forget what nobody signs with any more.
                #expect(accepted(call).isSuperset(of: signing), "\(applied)")
                signing = [signer]
                verifying = accepted(call)
            }
            #expect(signing == ["generated"])
            #expect(verifying == ["generated"])
        }
    }
}
