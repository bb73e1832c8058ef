/// Which time limit runs for a client connection, and when it is over. Times are nanoseconds of the monotonic clock.
struct ProxyClock: Equatable {
    enum Limit: Equatable {
        case none
        /// A whole head, however its bytes drip.
        case header
        /// The next request.
        case idle
        /// A connection to the upstream.
        case acquire
        /// From the whole request to the answer's head; a body that still comes must keep up a minimum rate.
        case answer
        /// The next bytes of an answer, or room for them.
        case body
        /// The unwanted rest of a denied request.
        case drain
        /// The client's own close, after ours.
        case linger
    }

    private(set) var running = Limit.none
    private(set) var deadline = Int64.max
    /// Bytes that have moved since the limit began to run.
    private var progress = 0

    /// Less than this within one answer limit is no progress of a request's body: a byte now and then would hold an
    /// upstream connection for ever.
    static let minimumProgress = 1024
    /// How long a client may take to close after we did.
    static let lingering: Int64 = 2_000_000_000
    /// How long an answer is awaited for a client that has ended its side. Whether it still listens, or is gone, shows
    /// only when something is sent.
    static let afterInputEnded: Int64 = 2_000_000_000

    /// Bytes moved.
    mutating func progressed(_ bytes: Int) {
        progress = progress.addingReportingOverflow(bytes).overflow ? .max : progress + bytes
    }

    /// Runs `limit`: from now on where another ran or where there was progress that counts, else on as before.
    mutating func run(_ limit: Limit, now: Int64, _ limits: ServingLimits, isInputEnded: Bool = false) {
        guard limit == running else { return start(limit, now: now, limits, isInputEnded: isInputEnded) }
        let counts =
            switch limit {
            case .answer: progress >= Self.minimumProgress
            case .body, .idle: progress > 0
            case .none, .header, .acquire, .drain, .linger: false
            }
        if counts { start(limit, now: now, limits, isInputEnded: isInputEnded) }
    }

    /// Runs `limit` from now on.
    mutating func start(_ limit: Limit, now: Int64, _ limits: ServingLimits, isInputEnded: Bool = false) {
        running = limit
        progress = 0
        var duration: Int64
        switch limit {
        case .none:
            deadline = .max
            return
        case .header, .drain: duration = limits.headerTimeout
        case .idle: duration = limits.idleTimeout
        case .acquire: duration = limits.upstreamConnectTimeout
        case .answer, .body: duration = limits.upstreamResponseTimeout
        case .linger: duration = Self.lingering
        }
        if isInputEnded, limit == .acquire || limit == .answer { duration = min(duration, Self.afterInputEnded) }
        deadline = now.addingReportingOverflow(duration).overflow ? .max : now + duration
    }

    /// The client has ended its side while it waits for an answer.
    mutating func inputEnded(now: Int64) {
        guard running == .acquire || running == .answer else { return }
        deadline = min(deadline, now + Self.afterInputEnded)
    }
}
