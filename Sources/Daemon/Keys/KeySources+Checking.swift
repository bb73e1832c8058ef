internal import Authorization
internal import Logging
internal import NIOCore
internal import Platform

extension KeySources {
    /// A source that is written without a pause is looked at again after this, in nanoseconds.
    private static let restlessInterval: Int64 = 100_000_000

    /// Reads these sources and publishes what has changed.
    func check(_ indices: Set<Int>) {
        var isChanged = false
        for index in indices.sorted() where sources.indices.contains(index) {
            pending[index] = nil
            isChanged = check(index) || isChanged
        }
        if isChanged { onChange?(keyRings) }
    }

    /// - Returns: whether there is a new ring.
    private func check(_ index: Int) -> Bool {
        let before = sources[index].record.failure
        return note(sources[index].check(now: .now(), wall: .now()), of: index, before: before)
    }

    /// Says what came of looking at a source.
    /// - Parameter before: what was wrong with it until then.
    /// - Returns: whether there is a new ring.
    func note(_ outcome: KeySource.Outcome, of index: Int, before: KeySourceFailure?) -> Bool {
        switch outcome {
        case .unchanged: return false
        case .unsettled(let moment):
            pending[index] = moment
            return false
        case .loaded:
            if before == nil { logLoaded(sources[index]) } else { logRecovered(sources[index]) }
            return true
        case .recovered:
            logRecovered(sources[index])
            return false
        case .failed(let failure):
            // Once for each cause, however often it is found.
            if failure != before { logDegraded(sources[index], failure) }
            if failure.code == .unsettled {
                pending[index] = MonotonicTime.now().advanced(byNanoseconds: Self.restlessInterval)
            }
            return false
        }
    }

    /// Reads every source, and watches what they are now, at the next turn of the loop: not before the caller has
    /// finished what it began, since a change is published at once.
    func checkSoon() {
        pending = [:]
        guard onChange != nil else { return }
        timer?.cancel()
        timer = eventLoop.assumeIsolated().scheduleTask(in: .zero) { [self] in
            check(Set(sources.indices))
            arm()
        }
    }

    private func logRecovered(_ source: KeySource) {
        log.notice("keys recovered", metadata: metadata(of: source))
    }

    private func logDegraded(_ source: KeySource, _ failure: KeySourceFailure) {
        let rest = source.ring == nil ? "the issuer has none" : "going on with the last good ones"
        log.error("keys not loaded, \(rest)", metadata: metadata(of: source, failure))
    }

    func metadata(of source: KeySource, _ failure: KeySourceFailure) -> Logger.Metadata {
        var metadata = metadata(of: source)
        metadata["path"] = "\(failure.path)"
        metadata["reason"] = "\(failure.code.rawValue)"
        metadata["error"] = "\(failure.message)"
        return metadata
    }

    func metadata(of source: KeySource) -> Logger.Metadata {
        let entries = source.ring?.entries ?? []
        return [
            "issuer": "\(source.issuer)",
            "path": "\(source.place)",
            "keys": .stringConvertible(entries.count { $0.retiresAt == nil }),
            "retired": .stringConvertible(entries.count { $0.retiresAt != nil }),
            "generation": .stringConvertible(source.generation),
        ]
    }
}
