/// Why bytes were refused as HTTP, and the status that says so. The connection is closed after it.
///
/// It never carries any of the bytes: `code` is from a closed list and is safe as a metric label.
package struct HTTPRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The closed list of reasons. The raw value is the label.
    package enum Code: String, Error, CaseIterable, Equatable, Sendable {
        case requestLineMalformed = "request_line_malformed"
        case requestLineTooLong = "request_line_too_long"
        case methodMalformed = "method_malformed"
        case methodTooLong = "method_too_long"
        case methodNotServed = "method_not_served"
        case targetMalformed = "target_malformed"
        case versionMalformed = "version_malformed"
        case versionNotSupported = "version_not_supported"
        case statusLineMalformed = "status_line_malformed"
        case statusNotExpected = "status_not_expected"
        case lineEndMalformed = "line_end_malformed"
        case lineFolded = "line_folded"
        case fieldNameMalformed = "field_name_malformed"
        case fieldValueMalformed = "field_value_malformed"
        case headTooLarge = "head_too_large"
        case tooManyFields = "too_many_fields"
        case hostMissing = "host_missing"
        case hostRepeated = "host_repeated"
        case hostMalformed = "host_malformed"
        case contentLengthMalformed = "content_length_malformed"
        case contentLengthRepeated = "content_length_repeated"
        case transferCodingNotSupported = "transfer_coding_not_supported"
        case transferCodingRepeated = "transfer_coding_repeated"
        case transferCodingNotAllowed = "transfer_coding_not_allowed"
        case framingContradictory = "framing_contradictory"
        case connectionOptionsTooMany = "connection_options_too_many"
        case expectationUnknown = "expectation_unknown"
        case chunkSizeMalformed = "chunk_size_malformed"
        case chunkExtensionMalformed = "chunk_extension_malformed"
        case chunkExtensionsTooLarge = "chunk_extensions_too_large"
        case chunkEndMalformed = "chunk_end_malformed"
        case trailersTooLarge = "trailers_too_large"
        case interimResponsesTooMany = "interim_responses_too_many"
        case requestTimeout = "request_timeout"
        case bodyTooLarge = "body_too_large"
    }

    package let code: Code
    /// The status for the client of this process: 4xx or 5xx for its own fault, 502 for an upstream's.
    package let status: UInt16

    /// A fault of the client.
    package init(_ code: Code) {
        self.code = code
        self.status = Self.clientStatus(code)
    }

    /// A fault of the upstream: whatever it is, the client sees 502 (RFC 9110 §15.6.3).
    package init(upstream code: Code) {
        self.code = code
        self.status = 502
    }

    package var description: String { "\(status) \(code.rawValue)" }

    private static func clientStatus(_ code: Code) -> UInt16 {
        switch code {
        case .methodNotServed: 405
        case .requestTimeout: 408
        case .bodyTooLarge: 413
        case .requestLineTooLong: 414
        case .expectationUnknown: 417
        case .headTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .methodTooLong, .transferCodingNotSupported: 501
        case .versionNotSupported: 505
        case .requestLineMalformed, .methodMalformed, .targetMalformed, .versionMalformed, .statusLineMalformed,
            .statusNotExpected, .lineEndMalformed, .lineFolded, .fieldNameMalformed, .fieldValueMalformed,
            .hostMissing, .hostRepeated, .hostMalformed, .contentLengthMalformed, .contentLengthRepeated,
            .transferCodingRepeated, .transferCodingNotAllowed, .framingContradictory, .connectionOptionsTooMany,
            .chunkSizeMalformed, .chunkExtensionMalformed, .chunkExtensionsTooLarge, .chunkEndMalformed,
            .interimResponsesTooMany:
            400
        }
    }
}
