import Glibc

extension FileWatcher {
    /// Sets the watches of a plan, those above first. Gives what stands, and the first problem that matters.
    static func set(_ plan: WatchPlan, on descriptor: Int32) -> (table: WatchTable, failure: WatchError?) {
        var table = WatchTable()
        var failure: WatchError?
        for (path, node) in plan.nodes.sorted(by: { $0.key < $1.key }) {
            // The string lives for the call.
            let watch = unsafe inotify_add_watch(descriptor, path, node.mask)
            guard watch >= 0 else {
                failure = failure ?? problem(at: path, of: node, cause: .last)
                continue
            }
            let whole = table.add(node, as: watch)
            if whole != node.mask {
                // Two ways to one directory: setting the second took the first one's bits away.
                _ = unsafe inotify_add_watch(descriptor, path, whole)
            }
        }
        return (table, failure)
    }

    /// What a refused watch means; nil where it means nothing.
    private static func problem(at path: String, of node: WatchNode, cause: ErrorNumber) -> WatchError? {
        switch cause.rawValue {
        case ENOENT, ENOTDIR, ELOOP:
            // Gone since the plan was made: the plan is made again, and watches where it breaks off.
            return nil
        case EACCES where !node.watchesContent:
            // A directory far above that may be passed but not read, or a file that will be refused anyway. The
            // directory that holds the file tells all usual changes.
            return nil
        case EACCES:
            return WatchError(.permissionDenied, path: path, errorNumber: cause)
        case ENOSPC, ENOMEM:
            return WatchError(.limitReached, path: path, errorNumber: cause)
        default:
            return WatchError(.failed, path: path, errorNumber: cause)
        }
    }
}
