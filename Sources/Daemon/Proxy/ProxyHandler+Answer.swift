internal import HTTPWire
internal import NIOCore

// What comes from the upstream.
extension ProxyHandler {
    /// Bytes of the answer.
    func received(_ buffer: ByteBuffer, from connection: UpstreamHandler) {
        // Before any request was sent: whatever speaks first is no HTTP server.
        guard connection === upstream else { return connection.close() }
        begin()
        var input = buffer
        if var earlier = connection.unread.take() {
            earlier.writeBuffer(&input)
            input = earlier
        }
        if readHeads(&input, connection) { relayAnswer(&input) }
        resume()
        settle()
    }

    /// The upstream's connection is closed.
    func upstreamClosed(_ connection: UpstreamHandler) {
        begin()
        if connection === upstream {
            upstream = nil
            if case .responding = exchange.state, !connection.hasFailed, answerBody.mayEndWithInput {
                answerBody.appendEnd(to: &proxy.output)
                perform(exchange.answerEnded(hasLeftover: false))
            } else {
                perform(exchange.upstreamClosed())
            }
        } else if connection === opening {
            // It was about to be ours. A kept one that died says nothing of the upstream; a new one does.
            opening = nil
            perform(connection.hasServed ? .acquire(fresh: true) : exchange.acquiringFailed(.invalid))
        }
        resume()
        settle()
    }

    func upstreamWritabilityChanged() {
        begin()
        settle()
    }

    /// Passes over interim heads and forwards the final one. - Returns: whether the body comes next.
    private func readHeads(_ input: inout ByteBuffer, _ connection: UpstreamHandler) -> Bool {
        while case .awaiting = exchange.state {
            exchange.answerBegan()
            let (result, isInterim) = parseHead(input, connection)
            switch result {
            case .needMore:
                if input.readableBytes > 0 { connection.unread = input }
                return false
            case .refused:
                perform(exchange.answerRefused())
                return false
            case .complete(let length):
                if !isInterim, goesOnAfterTheEnd(length < input.readableBytes) {
                    perform(exchange.answerRefused())
                    return false
                }
                if !isInterim { forwardHead(input) }
                input.moveReaderIndex(forwardBy: min(length, input.readableBytes))
                // Some servers send the interim heads and wait.
                if isInterim, input.readableBytes == 0 { return false }
            }
        }
        if case .responding = exchange.state { return true }
        return false
    }

    /// Whether an answer without a body says that it is the last, and is not: nothing of it can be believed. (After HEAD
    /// some servers send the body all the same; that is only dropped.)
    private func goesOnAfterTheEnd(_ hasMore: Bool) -> Bool {
        let head = proxy.answerHead
        guard hasMore, !isToHead, head.framing == .none else { return false }
        return !head.keepAlive && head.fields.contains(.connection)
    }

    private func parseHead(_ input: ByteBuffer, _ connection: UpstreamHandler) -> (HeadParseResult, isInterim: Bool) {
        let context = ResponseContext(requestWasHead: isToHead)
        let bytes = input.readableBytesUInt8Span
        let result = connection.parser.parse(bytes, for: context, into: &proxy.answerHead)
        return (result, proxy.answerHead.isInterim)
    }

    /// Writes the final head for the client, and prepares for the body.
    private func forwardHead(_ input: ByteBuffer) {
        let bytes = input.readableBytesUInt8Span
        let head = proxy.answerHead
        let framing = ClientHeadBuilder.framing(of: head, forClient: version)
        endsWithClose = framing == .untilClose
        let action = exchange.answered(
            status: head.status,
            keepsUpstream: head.keepAlive,
            mustClose: endsWithClose || worker.isDraining
        )
        guard case .forward(let keepAlive) = action else { return }
        let own = ReservedHeaders.own(in: head.fields, bytes)
        let heads = own.isEmpty ? proxy.plan.answerHeads : ClientHeadBuilder(stripped: FoldedNameSet(own))
        proxy.scratch.removeAll(keepingCapacity: true)
        heads.begin(head, bytes, to: &proxy.scratch)
        heads.end(head, framing: framing, forClient: version, keepAlive: keepAlive, to: &proxy.scratch)
        proxy.output.writeBytes(proxy.scratch)
        answerBody = BodyRelay(head.framing, isChunked: framing == .chunked)
        proxy.counters.countForwarded(status: head.status)
    }

    private func relayAnswer(_ input: inout ByteBuffer) {
        clock.progressed(1)
        let (outcome, _) = answerBody.relay(&input, joined: &proxy.output) { write($0) }
        switch outcome {
        case .more: break
        case .ended: perform(exchange.answerEnded(hasLeftover: input.readableBytes > 0))
        case .refused: perform(exchange.answerRefused())
        }
    }
}
