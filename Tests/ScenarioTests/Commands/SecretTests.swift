import Foundation
import Glibc
import TestSupport
import Testing

extension Scenarios {
    /// `authd secret`: what is in the file afterwards, and who may read it.
    @Suite struct SecretTests {
        private let directory: TemporaryDirectory
        private let one = "the-first-secret-of-32-bytes-len"
        private let two = "the-other-secret-of-32-bytes-len"

        init() throws { directory = try TemporaryDirectory() }

        private func lines(_ name: String = "jwt") throws -> [String] {
            let text = try String(contentsOfFile: directory.file(name), encoding: .utf8)
            #expect(text.hasSuffix("\n"))
            return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }

        private func mode(_ name: String = "jwt") throws -> Int? {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
            return (attributes[.posixPermissions] as? NSNumber)?.intValue
        }

        private func secret(_ command: String, _ more: String...) throws -> RunningProcess {
            try AuthdProgram.run(["secret", command, directory.file("jwt")] + more)
        }

        @Test func a_generated_secret_is_32_bytes_of_base64url_on_one_line() throws {
            let made = try (0..<4).map { _ in try AuthdProgram.run(["secret", "generate"]) }
            #expect(made.allSatisfy { $0.exitStatus == .code(0) && $0.standardError.isEmpty })
            #expect(made.allSatisfy { $0.standardOutput.wholeMatch(of: /[A-Za-z0-9_-]{43}\n/) != nil })
            #expect(Set(made.map(\.standardOutput)).count == 4)
        }

        @Test(arguments: [0o600, 0o640, 0o400])
        func rotating_puts_a_new_secret_first_keeps_the_previous_and_the_mode(mode: Int) throws {
            try directory.write(one + "\n" + two + "\n", to: "jwt", mode: UInt32(mode))
            let rotated = try secret("rotate")
            #expect(rotated.exitStatus == .code(0), "\(rotated.allOutput)")
            let found = try lines()
            #expect(found.count == 2 && found[1] == one)
            #expect(TokenMint.bytes(base64url: found[0])?.count == 32)
            #expect(try self.mode() == mode)
            for text in found { #expect(!rotated.allOutput.contains(text)) }
            #expect(try secret("rotate").exitStatus == .code(0))
            #expect(try lines()[1] == found[0])
        }

        @Test func rotating_keeps_the_owner() throws {
            try directory.write(one, to: "jwt", mode: 0o600)
            if geteuid() == 0 { #expect(unsafe chown(directory.file("jwt"), 65_534, 65_534) == 0) }
            let before = try FileManager.default.attributesOfItem(atPath: directory.file("jwt"))
            let rotated = try secret("rotate")
            #expect(rotated.exitStatus == .code(0), "\(rotated.allOutput)")
            let after = try FileManager.default.attributesOfItem(atPath: directory.file("jwt"))
            #expect(before[.ownerAccountID] as? NSNumber == after[.ownerAccountID] as? NSNumber)
            #expect(before[.groupOwnerAccountID] as? NSNumber == after[.groupOwnerAccountID] as? NSNumber)
        }

        @Test(arguments: ["", "\n", "\r\n"])
        func every_line_end_is_understood(end: String) throws {
            try directory.write(one + end, to: "jwt")
            #expect(try secret("rotate").exitStatus == .code(0))
            #expect(try lines()[1] == one)
        }

        @Test func a_weak_secret_can_be_rotated_away() throws {
            for weak in ["mysecret", String(repeating: "a", count: 40)] {
                try directory.write(weak, to: "jwt")
                #expect(try secret("rotate").exitStatus == .code(0))
                #expect(try lines()[1] == weak)
            }
        }

        @Test func a_link_stays_a_link() throws {
            try directory.write(one, to: "real")
            try directory.link("jwt", to: "real")
            #expect(try secret("rotate").exitStatus == .code(0))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: directory.file("jwt")) == "real")
            #expect(try lines("real").count == 2)
        }

        @Test func nothing_is_left_beside_the_file() throws {
            try directory.write(one, to: "jwt")
            #expect(try secret("rotate").exitStatus == .code(0))
            #expect(try secret("retire").exitStatus == .code(0))
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["jwt"])
        }

        @Test func a_missing_file_is_made_only_when_that_is_asked_for() throws {
            let refused = try secret("rotate")
            #expect(refused.exitStatus == .code(1) && refused.standardError.contains("--create"))
            #expect(!FileManager.default.fileExists(atPath: directory.file("jwt")))
            #expect(try secret("rotate", "--create").exitStatus == .code(0))
            #expect(try lines().count == 1 && mode() == 0o600)
            #expect(TokenMint.bytes(base64url: try lines()[0])?.count == 32)
            #expect(try secret("rotate", "--create").exitStatus == .code(0))
            #expect(try lines().count == 2)
        }

        @Test func an_empty_file_gets_its_first_secret_when_that_is_asked_for() throws {
            try directory.write("", to: "jwt")
            #expect(try secret("rotate").exitStatus == .code(1))
            #expect(try secret("rotate", "--create").exitStatus == .code(0))
            #expect(try lines().count == 1)
        }

        @Test func retiring_drops_all_but_the_first() throws {
            try directory.write(one + "\r\n" + two + "\nthird-secret\n", to: "jwt", mode: 0o640)
            let retired = try secret("retire")
            #expect(retired.exitStatus == .code(0), "\(retired.allOutput)")
            #expect(try lines() == [one] && mode() == 0o640)
            #expect(!retired.allOutput.contains(one) && !retired.allOutput.contains(two))
        }

        @Test func retiring_a_file_of_one_secret_does_not_touch_it() throws {
            try directory.write(one, to: "jwt")
            let before = try FileManager.default.attributesOfItem(atPath: directory.file("jwt"))
            #expect(try secret("retire").exitStatus == .code(0))
            let after = try FileManager.default.attributesOfItem(atPath: directory.file("jwt"))
            #expect(before[.systemFileNumber] as? NSNumber == after[.systemFileNumber] as? NSNumber)
            #expect(try String(contentsOfFile: directory.file("jwt"), encoding: .utf8) == one)
        }

        static let otherKinds: [String] = [
            #"{"keys":[{"kty":"oct","k":"AAAA"}]}"#, #" {"kty":"oct","k":"AAAA"}"#,
            "-----BEGIN PUBLIC KEY-----\nMFkw\n", "two words\n", "one\n\ntwo\n", "tab\there\n", "\n", "one\n\u{0}\n",
        ]

        @Test(arguments: ["rotate", "retire"], otherKinds)
        func a_file_of_another_kind_is_refused_with_a_hint_and_left_alone(command: String, content: String) throws {
            try directory.write(content, to: "jwt")
            let refused = try secret(command)
            #expect(refused.exitStatus == .code(1), "\(refused.allOutput)")
            #expect(refused.standardError.contains(directory.file("jwt")))
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory.file("jwt"))) == Data(content.utf8))
        }

        @Test(arguments: ["rotate", "retire"])
        func a_file_that_others_could_read_or_that_is_none_is_refused(command: String) throws {
            try directory.write(one + "\n" + two, to: "jwt", mode: 0o644)
            #expect(try secret(command).exitStatus == .code(1))
            #expect(try String(contentsOfFile: directory.file("jwt"), encoding: .utf8) == one + "\n" + two)
            for other in [directory.path, "/dev/null"] {
                #expect(try AuthdProgram.run(["secret", command, other]).exitStatus == .code(1))
            }
            let forbidden = try Unprivileged.run(["secret", command, directory.file("jwt")])
            #expect(forbidden.exitStatus == .code(77), "\(forbidden.allOutput)")
        }
    }
}
