import Glibc

/// One event, as inotify(7) tells it.
struct InotifyEvent: Equatable {
    /// The watch it belongs to; -1 when the queue overflowed.
    let watch: Int32
    let mask: UInt32
    /// The name in the watched directory; empty when the event is about the watched thing itself.
    let name: String

    /// Whether events were lost, so that anything may have changed.
    var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }

    /// Whether the watched thing itself is gone, moved or unmounted, or changed its permissions.
    var isAboutItself: Bool { name.isEmpty }

    /// The events in bytes read from the descriptor. The kernel gives whole events; a truncated one at the end, which
    /// it never gives, is left out.
    static func parse(_ bytes: Span<UInt8>) -> [InotifyEvent] {
        var events: [InotifyEvent] = []
        var start = 0
        while start + headSize <= bytes.count {
            // struct inotify_event: wd, mask, cookie, len, then `len` bytes of name filled up with NUL.
            let length = Int(bytes.nativeUInt32(at: start + 12))
            let nameStart = start + headSize
            guard length <= bytes.count - nameStart else { break }
            var name: [UInt8] = []
            for index in nameStart..<nameStart + length where bytes[index] != 0 {
                name.append(bytes[index])
            }
            events.append(
                InotifyEvent(
                    watch: bytes.nativeInt32(at: start),
                    mask: bytes.nativeUInt32(at: start + 4),
                    name: String(decoding: name, as: UTF8.self)
                )
            )
            start = nameStart + length
        }
        return events
    }

    private static let headSize = 16
}
