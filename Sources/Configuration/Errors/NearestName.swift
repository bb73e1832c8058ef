/// Finds the known name that a misspelt one probably meant.
package enum NearestName {
    /// - Returns: the candidate with the fewest slips (a letter added, lost, changed, or two swapped; letter case and
    ///   `-` for `_` are none), if they are few for its length; the first of several.
    static func find(_ name: String, among candidates: [String]) -> String? {
        guard !name.isEmpty, name.utf8.count <= 64 else { return nil }
        let folded = fold(name)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(folded, fold(candidate))
            // One slip in three letters, and never so many that another word is meant.
            let tolerated = min(3, max(1, max(folded.count, candidate.utf8.count) / 3))
            guard distance <= tolerated, distance < best?.distance ?? .max else { continue }
            // A word of one or two letters is near to every other one.
            guard distance < min(folded.count, candidate.utf8.count) else { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// `did you mean "algorithms"?`, or nil.
    package static func hint(_ name: String, among candidates: [String]) -> String? {
        find(name, among: candidates).map { "did you mean \"\($0)\"?" }
    }

    private static func fold(_ name: String) -> [UInt8] {
        name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0.lowercased }
    }

    /// The optimal string alignment distance.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
                row.append(least)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
