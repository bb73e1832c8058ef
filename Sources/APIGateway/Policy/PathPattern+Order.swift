internal import Authorization

/// Which of two patterns speaks of a path that both match: at the first place where they differ, a literal stands before
/// `*`, and both before `/**`.
extension PathPattern {
    func isSame(as other: PathPattern) -> Bool { coversBelow == other.coversBelow && segments == other.segments }

    /// Whether there is a path that both match and that this one speaks of.
    func standsBefore(_ other: PathPattern) -> Bool {
        !isSame(as: other) && meets(other) && isMoreSpecific(than: other)
    }

    /// Whether there is a path that both match; true too where it takes a closer look to tell.
    private func meets(_ other: PathPattern) -> Bool {
        for (mine, theirs) in zip(segments, other.segments) {
            if let mine = mine.literal, let theirs = theirs.literal, mine != theirs { return false }
        }
        if segments.count == other.segments.count { return true }
        return segments.count < other.segments.count ? coversBelow : other.coversBelow
    }

    private func isMoreSpecific(than other: PathPattern) -> Bool {
        for (mine, theirs) in zip(segments, other.segments) where mine != theirs { return mine != .any }
        // The longer one goes on where the shorter one ends, or ends where the other covers everything below.
        if segments.count != other.segments.count { return segments.count > other.segments.count }
        return !coversBelow
    }
}
