/// What the framing of a chunked body may cost, beside the data itself. All sizes are bytes.
package struct ChunkLimits: Equatable, Sendable {
    /// The extensions of one chunk.
    package var extensionBytesPerChunk: Int
    /// The extensions of all chunks of one body. Without it each data byte can drag a line of its own along
    /// (CVE-2023-39326).
    package var extensionBytes: Int
    /// The whole trailer section.
    package var trailerBytes: Int
    /// Trailer lines.
    package var trailers: Int

    package init(
        extensionBytesPerChunk: Int = 1024,
        extensionBytes: Int = 16384,
        trailerBytes: Int = 8192,
        trailers: Int = 100,
    ) {
        self.extensionBytesPerChunk = extensionBytesPerChunk
        self.extensionBytes = extensionBytes
        self.trailerBytes = trailerBytes
        self.trailers = trailers
    }
}
