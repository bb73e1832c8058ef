/// What libyaml says of a file that it cannot read. Its messages are fixed texts and repeat nothing of the file.
struct YAMLSyntaxError: Error, Equatable {
    let message: String
    /// Counted from 1; nil where only `offset` is known.
    let position: Position?
    /// Bytes from the start of the file.
    let offset: Int

    struct Position: Equatable {
        let line: Int
        let column: Int
    }
}
