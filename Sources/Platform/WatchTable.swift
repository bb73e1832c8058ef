/// The watches that stand: from the kernel's number of a watch to what an event under it means. Pure.
struct WatchTable: Equatable {
    private(set) var nodes: [Int32: WatchNode] = [:]

    /// The kernel's numbers of all watches.
    var watches: Set<Int32> { Set(nodes.keys) }

    /// Notes that `watch` stands for `node`. Two paths can lead to one directory (a bind mount): its number then
    /// stands for both. Gives the event bits that the watch must have in all.
    mutating func add(_ node: WatchNode, as watch: Int32) -> UInt32 {
        guard var known = nodes[watch] else {
            nodes[watch] = node
            return node.mask
        }
        known.names.merge(node.names) { $0.union($1) }
        known.everyName.formUnion(node.everyName)
        known.ends.formUnion(node.ends)
        known.watchesContent = known.watchesContent || node.watchesContent
        nodes[watch] = known
        return known.mask | node.mask
    }

    /// The watched paths that may have changed by `event`, out of `all`; none for other names and for watches that
    /// were given up meanwhile.
    func affected(by event: InotifyEvent, outOf all: Set<WatchedPath>) -> Set<WatchedPath> {
        if event.isOverflow { return all }
        guard let node = nodes[event.watch] else { return [] }
        // The thing itself is gone, moved, unmounted or has new permissions: every way past it may be another.
        if event.isAboutItself { return node.paths }
        return node.everyName.union(node.names[event.name] ?? [])
    }
}
