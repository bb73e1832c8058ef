/// What a message head may be at most. All sizes are bytes.
package struct HeadLimits: Equatable, Sendable {
    /// The first line with its line end. A longer one is refused with 414.
    package var startLineBytes: Int
    /// The whole head, first line and final empty line included. A longer one is refused with 431.
    package var headBytes: Int
    /// Field lines. More are refused with 431.
    package var fields: Int

    /// Elements of all Connection fields of a head: each of them is compared with each field name later.
    static let connectionOptions = 64
    /// A method name. Longer ones name nothing that exists.
    static let methodBytes = 32

    /// Takes what the configuration says. Sizes are held below 16 MiB, since offsets are kept in 32 bits.
    package init(startLineBytes: Int = 8192, headBytes: Int = 16384, fields: Int = 100) {
        let most = 1 << 24
        self.startLineBytes = min(max(startLineBytes, 16), most)
        self.headBytes = min(max(headBytes, 16), most)
        self.fields = min(max(fields, 1), 1 << 16)
    }

    /// The limits for what an upstream sends: it is configured, not anonymous, so they are wider.
    package static let upstream = HeadLimits(startLineBytes: 8192, headBytes: 65536, fields: 256)
}
