import Glibc
import Testing

@testable import Platform

/// Labels go into metrics, texts to people.
@Suite struct ErrorTextTests {
    private func isLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 40 && text.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
    }

    @Test func every_code_has_a_label_and_an_advice() {
        for code in FileError.Code.allCases {
            #expect(isLabel(FileError(code, path: "/p").label))
            #expect(!FileError(code, path: "/p").advice.isEmpty)
            #expect(FileError(code, path: "/p").description.contains("/p"))
        }
        for code in SocketError.Code.allCases {
            #expect(isLabel(SocketError(code, address: "a", detail: "d").label))
        }
        for code in WatchError.Code.allCases {
            #expect(isLabel(WatchError(code, path: "/p").label))
            #expect(WatchError(code, path: "/p").description.contains("polled"))
        }
    }

    @Test func an_error_number_has_its_name_and_words() {
        #expect(ErrorNumber(rawValue: EACCES).description == "permission denied (EACCES)")
        #expect(ErrorNumber(rawValue: EACCES).name == "EACCES")
        #expect(ErrorNumber(rawValue: 9999).description == "errno 9999")
    }

    @Test func the_codes_fit_what_the_kernel_said() {
        #expect(FileError(ErrorNumber(rawValue: ENOENT), path: "", otherwise: .readFailed).code == .missing)
        #expect(FileError(ErrorNumber(rawValue: ENOTDIR), path: "", otherwise: .readFailed).code == .missing)
        #expect(FileError(ErrorNumber(rawValue: ELOOP), path: "", otherwise: .readFailed).code == .symbolicLinkLoop)
        #expect(FileError(ErrorNumber(rawValue: EMFILE), path: "", otherwise: .readFailed).code == .noDescriptors)
        #expect(FileError(ErrorNumber(rawValue: EIO), path: "", otherwise: .readFailed).code == .readFailed)
    }

    @Test func clocks_tell_plausible_times() {
        // 2024-01-01, long past.
        #expect(WallTime.now().seconds > 1_704_067_200)
        #expect((0..<1_000_000_000).contains(WallTime.now().nanoseconds))
        let first = MonotonicTime.now()
        #expect(MonotonicTime.now() >= first)
        #expect(WallTime(seconds: 1, nanoseconds: 500_000_000).fractionalSeconds == 1.5)
        #expect(WallTime(seconds: 1, nanoseconds: 9) < WallTime(seconds: 2))
        #expect(WallTime(seconds: 1, nanoseconds: 9) > WallTime(seconds: 1, nanoseconds: 8))
    }
}
