internal import StrictJSON

extension JSONValue {
    /// Whether both mean the same, wherever they stand in their texts. Texts are compared by bytes (RFC 8259 §8.3).
    /// As deep as the reader's limits let a tree be.
    func means(_ other: JSONValue) -> Bool {
        switch (content, other.content) {
        case (.object(let mine), .object(let theirs)):
            mine.elementsEqual(theirs) { $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.means($1.value) }
        case (.array(let mine), .array(let theirs)): mine.elementsEqual(theirs) { $0.means($1) }
        case (.string(let mine), .string(let theirs)), (.number(let mine), .number(let theirs)):
            mine.utf8.elementsEqual(theirs.utf8)
        case (.bool(let mine), .bool(let theirs)): mine == theirs
        case (.null, .null): true
        default: false
        }
    }
}
