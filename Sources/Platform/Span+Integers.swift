extension Span<UInt8> {
    /// The 32 bits at `offset` in the machine's own byte order, as the kernel writes its records; 0 where they do not
    /// all lie inside.
    func nativeUInt32(at offset: Int) -> UInt32 {
        guard offset >= 0, offset <= count - 4 else { return 0 }
        var value: UInt32 = 0
        for index in (offset..<offset + 4).reversed() {
            value = value << 8 | UInt32(self[index])
        }
        return UInt32(littleEndian: value)
    }

    /// As `nativeUInt32(at:)`, signed.
    func nativeInt32(at offset: Int) -> Int32 {
        Int32(bitPattern: nativeUInt32(at: offset))
    }
}
