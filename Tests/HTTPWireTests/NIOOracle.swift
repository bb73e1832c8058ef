import NIOCore
import NIOEmbedded
import NIOHTTP1

/// What NIOHTTP1 (llhttp) reads out of the same bytes.
enum NIOOracle {
    struct Outcome {
        /// Every request of which the head came; the last one may lack its end.
        var requests: [WireSession.Request] = []
        /// How many of them came whole.
        var complete = 0
        var failed = false
    }

    static func read(_ bytes: [UInt8]) -> Outcome {
        let channel = EmbeddedChannel()
        defer { _ = try? channel.finish(acceptAlreadyClosed: true) }
        var outcome = Outcome()
        do {
            let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
            try channel.pipeline.syncOperations.addHandler(decoder)
            try channel.writeInbound(channel.allocator.buffer(bytes: bytes))
        } catch {
            outcome.failed = true
        }
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                var request = WireSession.Request(method: head.method.rawValue, target: head.uri)
                for (name, value) in head.headers {
                    request.fields.append(WireSession.Pair(name: name, value: Array(value.utf8)))
                }
                outcome.requests.append(request)
            case .body(let body):
                outcome.requests[outcome.requests.count - 1].body.append(contentsOf: body.readableBytesView)
            case .end:
                outcome.complete += 1
            }
        }
        return outcome
    }
}
