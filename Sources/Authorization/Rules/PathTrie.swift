/// Finds the most specific of many (path pattern, host pattern) pairs in a time that does not grow with their number:
/// every edge of the trie lies in one hash table.
///
/// Segment by segment a literal wins over `*`, and `*` over `/**`; on one path an exact host wins over `*.suffix`, the
/// longer suffix over the shorter, and any named host over none.
struct PathTrie: Sendable {
    private struct Node: Sendable {
        /// The child that a `*` leads to; -1: none.
        var anyChild: Int32 = -1
        /// The leaf for a path that ends here; -1: none.
        var exactLeaf: Int32 = -1
        /// The leaf of `/**` after this node; -1: none.
        var belowLeaf: Int32 = -1
    }

    private struct Leaf: Sendable {
        /// The value for every host; -1: none.
        var anyHost: Int32 = -1
        var hasExactHosts = false
        var hasSuffixes = false
    }

    private var nodes = [Node()]
    private var leaves: [Leaf] = []
    private var edges = ByteKeyTable()
    private var hosts = ByteKeyTable()
    private var suffixes = ByteKeyTable()

    /// Whether any pair names a host.
    private(set) var usesHosts = false

    /// Enters a pair. - Returns: the value that the pair already has, or nil after entering `value`.
    mutating func insert(_ path: PathPattern, host: HostPattern?, value: Int32) -> Int32? {
        insert(path.segments, coversBelow: path.coversBelow, host: host, value: value)
    }

    mutating func insert(
        _ segments: [PathPattern.Segment],
        coversBelow: Bool,
        host: HostPattern?,
        value: Int32
    ) -> Int32? {
        var node = 0
        for segment in segments {
            switch segment {
            case .literal(let text): node = literalChild(of: node, Array(text.utf8))
            case .any:
                if nodes[node].anyChild < 0 { nodes[node].anyChild = addNode() }
                node = Int(nodes[node].anyChild)
            }
        }
        let leaf = leaf(of: node, coversBelow: coversBelow)
        return enter(host, leaf: leaf, value: value)
    }

    private mutating func addNode() -> Int32 {
        nodes.append(Node())
        return Int32(nodes.count - 1)
    }

    private mutating func literalChild(of node: Int, _ text: [UInt8]) -> Int {
        if let child = edges.find(owner: Int32(node), text.span, in: 0..<text.count) { return Int(child) }
        let child = addNode()
        edges.insert(owner: Int32(node), text, value: child)
        return Int(child)
    }

    private mutating func leaf(of node: Int, coversBelow: Bool) -> Int {
        let existing = coversBelow ? nodes[node].belowLeaf : nodes[node].exactLeaf
        if existing >= 0 { return Int(existing) }
        leaves.append(Leaf())
        if coversBelow {
            nodes[node].belowLeaf = Int32(leaves.count - 1)
        } else {
            nodes[node].exactLeaf = Int32(leaves.count - 1)
        }
        return leaves.count - 1
    }

    private mutating func enter(_ host: HostPattern?, leaf: Int, value: Int32) -> Int32? {
        switch host {
        case nil:
            if leaves[leaf].anyHost >= 0 { return leaves[leaf].anyHost }
            leaves[leaf].anyHost = value
            return nil
        case .exact(let name):
            usesHosts = true
            leaves[leaf].hasExactHosts = true
            return hosts.insert(owner: Int32(leaf), Array(name.utf8), value: value)
        case .suffix(let name):
            usesHosts = true
            leaves[leaf].hasSuffixes = true
            return suffixes.insert(owner: Int32(leaf), Array(name.utf8), value: value)
        }
    }

    /// The value of the most specific pair for a canonical path (with its leading slash) and a canonical host, empty
    /// where there is none; nil: no pair.
    func find(path: Span<UInt8>, host: Span<UInt8>) -> Int32? {
        find(node: 0, Way(end: path.count, folding: false), path, from: 0, host)
    }

    /// The same as a server reads the path that ignores letter case and a trailing slash. For a trie whose patterns have
    /// neither.
    func findFolded(path: Span<UInt8>, host: Span<UInt8>) -> Int32? {
        let hasTrailingSlash = path.count > 1 && path[path.count - 1] == UInt8(ascii: "/")
        return find(node: 0, Way(end: path.count - (hasTrailingSlash ? 1 : 0), folding: true), path, from: 0, host)
    }

    /// How a path is read.
    private struct Way {
        let end: Int
        let folding: Bool
    }

    /// `slash` is the position of the slash before the next segment; the end of the path when there is none. Recursion is
    /// as deep as the longest pattern, not as the path.
    private func find(node: Int, _ way: Way, _ path: Span<UInt8>, from slash: Int, _ host: Span<UInt8>) -> Int32? {
        let here = nodes[node]
        guard slash < way.end else {
            if here.exactLeaf >= 0, let value = find(leaf: Int(here.exactLeaf), host) { return value }
            return here.belowLeaf >= 0 ? find(leaf: Int(here.belowLeaf), host) : nil
        }
        var end = slash + 1
        while end < way.end, path[end] != UInt8(ascii: "/") { end += 1 }
        if let child = edges.find(owner: Int32(node), path, in: (slash + 1)..<end, folding: way.folding),
            let value = find(node: Int(child), way, path, from: end, host)
        {
            return value
        }
        if here.anyChild >= 0, end > slash + 1, let value = find(node: Int(here.anyChild), way, path, from: end, host) {
            return value
        }
        return here.belowLeaf >= 0 ? find(leaf: Int(here.belowLeaf), host) : nil
    }

    private func find(leaf index: Int, _ host: Span<UInt8>) -> Int32? {
        let leaf = leaves[index]
        if leaf.hasExactHosts, let value = hosts.find(owner: Int32(index), host, in: 0..<host.count) { return value }
        if leaf.hasSuffixes {
            // The longest suffix first: from the first dot on.
            for position in 0..<host.count where host[position] == UInt8(ascii: ".") {
                if let value = suffixes.find(owner: Int32(index), host, in: (position + 1)..<host.count) {
                    return value
                }
            }
        }
        return leaf.anyHost >= 0 ? leaf.anyHost : nil
    }
}
