/// What went wrong in the harness itself, or what a scenario waited for in vain. The text is for people.
package struct TestSupportError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
