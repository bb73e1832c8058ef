internal import Authorization
internal import NIOCore
internal import Platform

extension AdminSource {
    /// The report of the running daemon: counters from every event loop, key states from the control loop.
    static func live(
        _ workers: WorkerGroup,
        _ keys: NIOLoopBound<KeySources>,
        _ files: NIOLoopBound<ControlFiles>,
        _ control: any EventLoop,
        _ readiness: ReadinessBox,
        _ sink: LogSink,
        _ decisions: DecisionLogWriter,
        hardening: String
    ) -> AdminSource {
        AdminSource { loop in
            let perWorker = workers.collect(on: loop) { worker in
                WorkerReport(
                    counters: worker.counters,
                    proxy: worker.proxyCounters,
                    assertions: worker.assertionCounts,
                    keyWaits: worker.keyWaitCounters,
                    serving: worker.serving
                )
            }
            let keyStatus = control.submit {
                ControlReport(
                    keys: keys.value.status,
                    revocations: files.value.revocations.status,
                    assertion: files.value.assertion.status,
                    certificates: files.value.certificates.status
                )
            }.hop(to: loop)
            return perWorker.and(keyStatus).flatMapThrowing { reports, status in
                try Self.report(reports, status, workers, readiness.current, sink, decisions, hardening)
            }
        }
    }

    private struct WorkerReport: Sendable {
        let counters: DecisionCounters
        let proxy: ProxyCounters
        let assertions: AssertionCounts
        let keyWaits: KeyWaitCounters
        let serving: Serving
    }

    private struct ControlReport: Sendable {
        let keys: [KeySourceStatus]
        let revocations: RevocationStatus?
        let assertion: AssertionStatus?
        let certificates: [ListenerCertificateStatus]
    }

    private struct NoWorkers: Error {}

    private static func report(
        _ workers: [WorkerReport],
        _ control: ControlReport,
        _ group: WorkerGroup,
        _ readiness: Readiness,
        _ sink: LogSink,
        _ decisions: DecisionLogWriter,
        _ hardening: String
    ) throws -> AdminReport {
        guard let first = workers.first else { throw NoWorkers() }
        var counters = DecisionCounters()
        var proxy = ProxyCounters()
        var assertions = AssertionCounts()
        var keyWaits = KeyWaitCounters()
        for worker in workers {
            assertions.add(worker.assertions)
            counters.add(worker.counters)
            proxy.add(worker.proxy)
            keyWaits.add(worker.keyWaits)
        }
        return AdminReport(
            version: ProgramVersion.number,
            readiness: readiness,
            keys: control.keys,
            revocations: control.revocations,
            assertion: control.assertion,
            assertionCounts: assertions,
            certificates: control.certificates,
            policy: first.serving.snapshot.policy,
            generation: first.serving.snapshot.generation,
            counters: counters,
            connections: group.connectionCount,
            droppedLogRecords: sink.droppedRecords,
            suppressedLogRecords: decisions.suppressedRecords,
            resources: ResourceUsage.now(),
            now: WallTime.now(),
            proxy: proxy.metrics(),
            keyWaits: keyWaits,
            hardening: hardening
        )
    }
}
