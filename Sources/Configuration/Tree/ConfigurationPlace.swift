/// Where something stands in a configuration file.
package struct ConfigurationPlace: Sendable, Hashable, CustomStringConvertible {
    /// The file's name as it was given to the reader.
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// Characters (Unicode scalars) from the start of the line, counted from 1.
    package let column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `authd.yaml:12:5`, as editors and terminals take it.
    package var description: String { "\(file):\(line):\(column)" }
}
