/// How IAM compares a resource with a policy's text: `*` is any number of any characters, slashes among them, and `?` is
/// exactly one. Letter case counts.
enum Wildcards {
    static func match(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var (place, position) = (0, 0)
        // Where to go on when what stands after the last star did not fit.
        var retry: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                retry = (place + 1, position)
                place += 1
            } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") || pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let last = retry {
                place = last.place
                position = last.position + 1
                retry = (last.place, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
