internal import CYAML

/// libyaml's event parser over bytes in memory. All that touches C is here.
///
/// Safe to hold: the pointer never leaves it, and it is released exactly once, by deinit.
@safe struct YAMLEventStream: ~Copyable {
    /// Its own allocation, because libyaml keeps pointers into it: it must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    /// What libyaml reads piece by piece; it knows the address, so the object lives as long as the stream.
    private let input: YAMLInput?

    /// - Parameter bytes: must stay where it is, unchanged, for as long as the stream lives.
    /// - Returns: nil where there is no memory.
    @unsafe init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let parser = unsafe Self.makeParser() else { return nil }
        unsafe self.parser = parser
        input = nil
        // Safe: the caller keeps the bytes; libyaml reads no more than the count.
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    /// Over a file that is never in memory as a whole.
    /// - Returns: nil where there is no memory.
    init?(_ input: YAMLInput) {
        guard let parser = unsafe Self.makeParser() else { return nil }
        unsafe self.parser = parser
        self.input = input
        // Safe: the object lives as long as the stream, which alone makes libyaml call the function.
        unsafe yaml_parser_set_input(
            parser,
            { object, buffer, size, count in
                guard let object = unsafe object, let buffer = unsafe buffer, let count = unsafe count else { return 0 }
                let input = unsafe Unmanaged<YAMLInput>.fromOpaque(object).takeUnretainedValue()
                // Safe: libyaml gives a buffer of that size.
                let filled = unsafe input.fill(UnsafeMutableBufferPointer(start: buffer, count: size))
                unsafe count.pointee = filled ?? 0
                return filled == nil ? 0 : 1
            },
            Unmanaged.passUnretained(input).toOpaque()
        )
    }

    private static func makeParser() -> UnsafeMutablePointer<yaml_parser_t>? {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        // Safe: the allocation is of this type, and libyaml fills all of it before anything else reads it.
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            unsafe parser.deallocate()
            return nil
        }
        // Given, not guessed: a byte order mark must not switch to UTF-16.
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        return unsafe parser
    }

    deinit {
        // Safe: initialised in init, used by nobody else, and released once.
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event. After an error or the end of the stream there is none to ask for.
    mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        // Safe: the parser is live, and the event is ours until it is deleted below.
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        let converted = unsafe Self.convert(event)
        unsafe yaml_event_delete(&event)
        return converted
    }

    /// Copies what is needed out of the event, which owns its texts.
    private static func convert(_ event: yaml_event_t) -> YAMLEvent {
        var hasAnchor = false
        var hasTag = false
        let kind: YAMLEvent.Kind
        // Safe: the type says which member of the union libyaml has filled.
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias
        case YAML_SCALAR_EVENT:
            hasAnchor = unsafe event.data.scalar.anchor != nil
            hasTag = unsafe event.data.scalar.tag != nil
            kind = unsafe scalar(event)
        case YAML_SEQUENCE_START_EVENT:
            hasAnchor = unsafe event.data.sequence_start.anchor != nil
            hasTag = unsafe event.data.sequence_start.tag != nil
            kind = .sequenceStart
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            hasAnchor = unsafe event.data.mapping_start.anchor != nil
            hasTag = unsafe event.data.mapping_start.tag != nil
            kind = .mappingStart
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: kind = .streamEnd
        }
        return unsafe YAMLEvent(
            kind: kind,
            line: Int(clamping: event.start_mark.line) + 1,
            column: Int(clamping: event.start_mark.column) + 1,
            hasAnchor: hasAnchor,
            hasTag: hasTag
        )
    }

    /// - Parameter event: a scalar's.
    private static func scalar(_ event: yaml_event_t) -> YAMLEvent.Kind {
        let scalar = unsafe event.data.scalar
        // Safe: libyaml gives the length of its own text, which it has checked to be UTF-8.
        let text = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        let isPlain = unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
        return unsafe .scalar(text: String(decoding: text, as: UTF8.self), isPlain: isPlain)
    }

    private func failure() -> YAMLSyntaxError {
        // Safe: the parser is live; its messages are constants of the library.
        let state = unsafe parser.pointee
        let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? "no memory"
        let context = unsafe state.context.map { unsafe String(cString: $0) }
        let isReader = unsafe state.error == YAML_READER_ERROR
        return unsafe YAMLSyntaxError(
            message: context.map { "\($0), \(problem)" } ?? problem,
            position: isReader
                ? nil
                : YAMLSyntaxError.Position(
                    line: Int(clamping: state.problem_mark.line) + 1,
                    column: Int(clamping: state.problem_mark.column) + 1
                ),
            offset: Int(clamping: state.problem_offset)
        )
    }
}
