/// What the owner of a `FileWatcher` is to do.
package enum WatchAction: Equatable, Sendable {
    /// Read these paths now and compare their content: they may have changed, and what is read from now on is not
    /// older than what the watches see.
    case check(Set<WatchedPath>)
    /// Changes may go unseen from here on: say so once, and rely on polling.
    case degraded(WatchError)
    /// Every change is seen again.
    case restored
}
