internal import Authorization
internal import Gateways
internal import HTTPWire
internal import NIOCore
internal import Platform

// What comes from the client.
extension ProxyHandler {
    /// Works through what has come, as far as it goes now. Within an event.
    func serve(_ input: inout ByteBuffer) {
        var goesOn = true
        while goesOn {
            switch exchange.state {
            case .head: goesOn = serveHead(&input)
            case .acquiring: goesOn = false
            case .awaiting, .responding: goesOn = sendBody(&input)
            case .draining: goesOn = drainBody(&input)
            case .lingering, .closed:
                input.clear()
                goesOn = false
            }
        }
    }

    // MARK: Heads

    /// - Returns: whether to go on.
    private func serveHead(_ input: inout ByteBuffer) -> Bool {
        // A client that does not read its answers gets no further ones.
        guard exchange.isClientWritable, !exchange.isDeciding else { return false }
        guard input.readableBytes > 0 else {
            perform(exchange.headAwaited())
            return false
        }
        let length: Int
        let action: ProxyExchange.Action
        switch readHead(input) {
        case .none:
            // It stays where it is until it can be decided.
            if !exchange.isDeciding { perform(exchange.headAwaited()) }
            return false
        case .some(let head): (length, action) = head
        }
        input.moveReaderIndex(forwardBy: min(length, input.readableBytes))
        perform(action)
        return true
    }

    /// Parses a head and decides about it.
    /// - Returns: its length and what to do; nil where it is not complete, or waits for a key.
    private func readHead(_ input: ByteBuffer) -> (length: Int, action: ProxyExchange.Action)? {
        let bytes = input.readableBytesUInt8Span
        switch parser.parse(bytes, into: &worker.head) {
        case .needMore: return nil
        case .refused(let refusal): return (bytes.count, exchange.refused(refusal))
        case .complete(let length): return decide(bytes).map { (length, $0) }
        }
    }

    /// Decides about the head in the worker. - Returns: nil where it waits for a key.
    private func decide(_ bytes: Span<UInt8>) -> ProxyExchange.Action? {
        let head = worker.head
        isToHead = head.method == .head
        version = head.version
        endsWithClose = false
        // The other forms of RFC 9112 §3.2 are well formed, but no rule speaks of them.
        guard head.targetForm == .origin else {
            let decision = worker.refuse(.pathAmbiguous, at: .proxy, method: head.methodName.range, in: bytes)
            return deny(head, proxy.plan.replies.denial(decision, allowed: []))
        }
        if let assertion = worker.serving.assertion, KeySetReply.isAsked(head, bytes) {
            return deny(head, ProxyReply(keySet: assertion.keySet, to: head.method))
        }
        let started = WallTime.now()
        let question = ProxyDialect.read(head, bytes, worker.authorizer.credentialSources)
        let now = Timestamp(seconds: started.fractionalSeconds)
        let decided = worker.decide(question, at: .proxy, in: bytes, now: now, waiter: self, &keyWait)
        guard let decision = decided else { return nil }
        worker.counters.observe(nanoseconds: started.nanoseconds(until: WallTime.now()), count: 1)
        let plan = proxy.plan
        guard decision.outcome == .allow, let rule = decision.rule else {
            let allowed = decision.reason == .methodNotAllowed ? worker.authorizer.allowedMethods() : []
            // Bytes that were made to be read in two ways are the last ones of their connection.
            let isSuspicious = decision.isTargetMalformed || decision.reason == .tokenRepeated
            return deny(head, plan.replies.denial(decision, allowed: allowed), closes: isSuspicious)
        }
        // Where no token is asked for, two of them are still no message to pass on (RFC 9110 §5.3): servers differ in
        // which of the two they take.
        if head.fields.repeated.contains(.authorization) {
            return deny(head, plan.replies.denial(Decision(.tokenRepeated), allowed: []), closes: true)
        }
        guard let route = plan.route(of: rule) else { return deny(head, plan.replies.failure(.unavailable)) }
        self.route = route
        writeHead(head, bytes, route, plan)
        requestBody = BodyRelay(head.framing, isChunked: head.framing == .chunked)
        isActive = true
        return exchange.approved(request(head))
    }

    private func request(_ head: RequestHead, closes: Bool = false) -> ProxyExchange.Request {
        ProxyExchange.Request(
            isIdempotent: head.method.isIdempotent,
            hasBody: head.framing.hasBody,
            expectsContinue: head.expectsContinue,
            keepsAlive: head.keepAlive && !worker.isDraining && !closes
        )
    }

    private func deny(_ head: RequestHead, _ reply: ProxyReply, closes: Bool = false) -> ProxyExchange.Action {
        self.reply = reply
        requestBody = BodyRelay(head.framing, isChunked: false)
        return exchange.denied(
            request(head, closes: closes),
            framing: head.framing,
            drain: worker.serving.limits.bodyDrainBytes
        )
    }

    /// Writes the head for the upstream: what the client may say, then what only we may.
    private func writeHead(_ head: RequestHead, _ bytes: Span<UInt8>, _ route: ProxyRoute, _ plan: ProxyPlan) {
        var heads = route.heads
        let own = ReservedHeaders.own(in: head.fields, bytes)
        if !own.isEmpty {
            var stripped = plan.stripped
            for name in own { stripped.insert(name) }
            heads = UpstreamHeadBuilder(stripped: stripped, fallbackHost: route.upstream.authority)
        }
        proxy.scratch.removeAll(keepingCapacity: true)
        heads.begin(head, bytes, from: client, to: &proxy.scratch)
        appendIdentity(plan)
        heads.end(head, to: &proxy.scratch)
        requestHead.clear()
        requestHead.writeBytes(proxy.scratch)
    }

    /// Every configured header, empty where the claim is absent; and the assertion, where there is one.
    private func appendIdentity(_ plan: ProxyPlan) {
        for (index, name) in plan.identityNames.enumerated() {
            let ranges = worker.authorizer.identity.ranges
            let range = index < ranges.count ? ranges[index] : 0..<0
            let bytes = worker.authorizer.identity.bytes
            if !HeadWriter.appendField(name: name.span, value: bytes.span.extracting(range), to: &proxy.scratch) {
                _ = HeadWriter.appendField(name: name.span, value: bytes.span.extracting(0..<0), to: &proxy.scratch)
            }
        }
        let assertion = worker.assertion
        guard let name = plan.assertionName, !assertion.isEmpty else { return }
        _ = HeadWriter.appendField(name: name.span, value: assertion.span, to: &proxy.scratch)
    }

    // MARK: Bodies

    /// Passes the request's body on. - Returns: whether to go on.
    private func sendBody(_ input: inout ByteBuffer) -> Bool {
        guard exchange.wantsBody, let upstream, input.readableBytes > 0 else { return false }
        proxy.requestOutput.clear()
        let (outcome, data) = requestBody.relay(&input, joined: &proxy.requestOutput) { upstream.write($0) }
        if proxy.requestOutput.readableBytes > 0 { upstream.write(proxy.requestOutput) }
        if data > 0 { exchange.bodySent() }
        switch outcome {
        case .more: return false
        case .ended:
            // The time for the answer runs from here.
            clock.progressed(ProxyClock.minimumProgress)
            exchange.bodyEnded()
            return true
        case .refused(let refusal):
            perform(exchange.refused(refusal))
            return true
        }
    }

    /// Throws the body of a denied request away. - Returns: whether to go on.
    private func drainBody(_ input: inout ByteBuffer) -> Bool {
        guard input.readableBytes > 0 else { return false }
        let (outcome, consumed) = requestBody.discard(&input)
        switch outcome {
        case .more:
            perform(exchange.drained(consumed, isEnd: false))
            return false
        case .ended: perform(exchange.drained(consumed, isEnd: true))
        case .refused(let refusal): perform(exchange.refused(refusal))
        }
        return true
    }
}
