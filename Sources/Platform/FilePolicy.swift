/// What the owner and the permissions of a file must be before its content counts.
package struct FilePolicy: Hashable, Sendable {
    /// Permission bits of which none may be set.
    package let refusedPermissions: UInt32
    /// Whether root or the user of this process must own the file.
    package let checksOwner: Bool
    /// Whether the magic links of /proc (`/proc/self/fd/3`, `/dev/stdin`) are refused on the way.
    package let refusesMagicLinks: Bool

    /// For keys: nothing for the world, no writing by the group; the group may read. Root or ourselves own it, for
    /// whoever owns a file can change it.
    package static let secret = FilePolicy(refusedPermissions: 0o027, checksOwner: true, refusesMagicLinks: true)

    /// For what is no secret but is trusted (configuration, public keys): only writing by the world is refused.
    package static let trusted = FilePolicy(refusedPermissions: 0o002, checksOwner: false, refusesMagicLinks: false)

    /// For what is neither: only kind and size are checked.
    package static let ordinary = FilePolicy(refusedPermissions: 0, checksOwner: false, refusesMagicLinks: false)
}
