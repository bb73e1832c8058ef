import CPlatform
import Glibc

/// Random bytes of the kernel's generator (getrandom(2)), which waits once, early after boot, until it is seeded.
package enum RandomBytes {
    /// `count` fresh bytes for use as a key.
    package static func secret(count: Int) throws(RandomError) -> SecretBytes {
        try unsafe SecretBytes(capacity: count) { (room) throws(RandomError) -> Int in
            try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: room[..<max(0, count)]))
            return max(0, count)
        }
    }

    /// `count` fresh bytes that are no secret: identifiers, file name suffixes, hash seeds.
    package static func plain(count: Int) throws(RandomError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        // The array owns the memory for the time of the call.
        let filled = unsafe bytes.withUnsafeMutableBytes { (room) -> Result<Void, RandomError> in
            Result { () throws(RandomError) in try unsafe fill(room) }
        }
        try filled.get()
        return bytes
    }

    private static func fill(_ room: UnsafeMutableRawBufferPointer) throws(RandomError) {
        var filled = 0
        while filled < room.count {
            // `filled` < the size of the room, so the range is inside it.
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled...])
            let got = unsafe getrandom(rest.baseAddress, rest.count, 0)
            if got < 0 {
                let cause = ErrorNumber.last
                if cause.rawValue == EINTR { continue }
                throw RandomError(errorNumber: cause)
            }
            filled += got
        }
    }
}
