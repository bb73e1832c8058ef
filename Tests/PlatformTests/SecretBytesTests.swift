import Glibc
import Testing

@testable import Platform

@Suite struct SecretBytesTests {
    @Test(arguments: [0, 1, 31, 32, 4095, 4096, 4097, 70_000])
    func content_comes_back_byte_for_byte(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let secret = SecretBytes(bytes)
        #expect(secret.count == count)
        #expect(secret.isEmpty == (count == 0))
        #expect(secret.array == bytes)
    }

    @Test func equality_means_same_length_and_same_content() {
        let secret = SecretBytes([1, 2, 3])
        #expect(secret == SecretBytes([1, 2, 3]))
        #expect(secret != SecretBytes([1, 2, 4]))
        #expect(secret != SecretBytes([0, 2, 3]))
        #expect(secret != SecretBytes([1, 2]))
        #expect(secret != SecretBytes([1, 2, 3, 0]))
        #expect(SecretBytes([]) == SecretBytes([]))
    }

    @Test func no_printed_form_shows_the_content() {
        let secret = SecretBytes(Array("hunter2-hunter2-hunter2".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        var wrapped = ""
        dump((label: "key", value: secret), to: &wrapped)
        for text in ["\(secret)", String(reflecting: secret), dumped, wrapped] {
            #expect(!text.contains("hunter"))
            #expect(!text.contains("104"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func a_prefix_is_a_copy_of_its_own() {
        let secret = SecretBytes([7, 8, 9, 10])
        #expect(secret.prefix(3) == SecretBytes([7, 8, 9]))
        #expect(secret.prefix(0).isEmpty)
        #expect(secret.prefix(-1).isEmpty)
        #expect(secret.prefix(9) == secret)
    }

    @Test func pages_are_left_out_of_core_files_and_of_children() throws {
        let secret = SecretBytes([1, 2, 3])
        let address = secret.withSpan { unsafe $0.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
        let flags = try #require(Self.kernelFlags(ofPageAt: address))
        #expect(flags.contains("dd"), "MADV_DONTDUMP")
        #expect(flags.contains("wf"), "MADV_WIPEONFORK")
        #expect(flags.contains("lo") == secret.isLocked, "mlock")
    }

    @Test func a_refused_lock_is_told_and_no_error() async {
        await #expect(processExitsWith: .success) {
            var none = rlimit(rlim_cur: 0, rlim_max: 0)
            try #require(unsafe setrlimit(__rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue), &none) == 0)
            // Root may lock whatever the limit says.
            if geteuid() == 0 { try #require(setuid(65_534) == 0) }
            let secret = SecretBytes([1, 2, 3])
            #expect(!secret.isLocked)
            #expect(secret.array == [1, 2, 3])
        }
    }

    @Test func random_secrets_have_the_length_and_differ() throws {
        let first = try RandomBytes.secret(count: 32)
        let second = try RandomBytes.secret(count: 32)
        #expect(first.count == 32)
        #expect(first != second)
        #expect(first.array != [UInt8](repeating: 0, count: 32))
        #expect(try RandomBytes.secret(count: 0).isEmpty)
        #expect(try RandomBytes.plain(count: 16) != RandomBytes.plain(count: 16))
        // More than one call of getrandom may be needed.
        #expect(try RandomBytes.plain(count: 300_000).count == 300_000)
    }

    /// The VmFlags of the mapping that holds an address; proc_pid_smaps(5).
    private static func kernelFlags(ofPageAt address: UInt) -> [Substring]? {
        flags(in: ProcText.read("/proc/self/smaps"), at: address)
    }

    private static func flags(in smaps: String, at address: UInt) -> [Substring]? {
        var isInside = false
        for line in smaps.split(separator: "\n") {
            let words = line.split(separator: " ")
            let range = words.first?.split(separator: "-") ?? []
            if range.count == 2, let start = UInt(range[0], radix: 16), let end = UInt(range[1], radix: 16) {
                isInside = start <= address && address < end
            } else if isInside, words.first == "VmFlags:" {
                return Array(words.dropFirst())
            }
        }
        return nil
    }
}
