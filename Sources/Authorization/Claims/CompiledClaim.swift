internal import StrictJSON

/// A claim and its accepted values as an event loop uses them.
struct CompiledClaim {
    private enum Literal {
        case string([UInt8])
        case integer(Int64)
        case bool(Bool)
    }

    private let path: [[UInt8]]
    private let literals: [Literal]
    /// As the operator wrote it.
    let text: String

    init(_ requirement: ClaimRequirement) {
        path = requirement.claim.names.map { Array($0.utf8) }
        literals = requirement.anyOf.map { literal in
            switch literal {
            case .string(let text): .string(Array(text.utf8))
            case .integer(let value): .integer(value)
            case .bool(let flag): .bool(flag)
            }
        }
        text = requirement.claim.text
    }

    /// Whether the claim is there and is, or contains, one of the values.
    func isMet(_ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        guard let node = document.node(at: path, in: bytes) else { return false }
        if document.nodes[node].kind == .array {
            return document.firstElement(of: node) { equalsAny($0, document, bytes) } != nil
        }
        return equalsAny(node, document, bytes)
    }

    private func equalsAny(_ node: Int, _ document: JSONDocument, _ bytes: Span<UInt8>) -> Bool {
        for literal in literals {
            let isEqual =
                switch literal {
                case .string(let text): document.stringEquals(node, text.span, in: bytes)
                case .integer(let value): document.integer(node, in: bytes) == value
                case .bool(let flag): document.nodes[node].kind == (flag ? .true : .false)
                }
            if isEqual { return true }
        }
        return false
    }
}
