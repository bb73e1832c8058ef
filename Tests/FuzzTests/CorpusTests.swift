import Foundation
import FuzzProperties
import TestSupport
import Testing

/// The committed seeds in an ordinary build, so that a finding that became a seed stays found.
@Suite struct CorpusTests {
    @Test(arguments: FuzzTargets.all.map(\.name))
    func every_seed_keeps_the_properties_of_its_target(name: String) throws {
        let target = try #require(FuzzTargets.make(name))
        let folder = RepositoryRoot.url.appendingPathComponent("Fuzz/Corpus/\(name)")
        let seeds = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(seeds.count >= 3, "a fuzzer without seeds learns the grammar first")
        // Twice: what one input leaves behind meets all the others.
        for seed in (seeds + seeds).sorted(by: { $0.path < $1.path }) + seeds {
            let bytes = Array(try Data(contentsOf: seed))
            do throws(Violation) {
                try target.check(bytes.span)
            } catch {
                Issue.record("\(name)/\(seed.lastPathComponent): \(error.description)")
            }
        }
    }

    @Test func every_corpus_has_a_target() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: RepositoryRoot.path("Fuzz/Corpus"))
        #expect(folders.sorted() == FuzzTargets.all.map(\.name).sorted())
    }
}
