internal import Configuration
internal import Logging
internal import Platform

extension Control {
    /// As SIGHUP, for `authd reload`. - Parameter done: called with the reasons why nothing has changed; empty where it has.
    func reload(_ done: @escaping ([String]) -> Void) {
        guard lifecycle.state == .serving else {
            return done(["authd is \(lifecycle.state.rawValue); it reloads while it serves"])
        }
        nextCallers.append(done)
        perform(lifecycle.event(.hangUp))
    }

    /// SIGHUP: the configuration and every file that it names are read again; what is bad changes nothing.
    func reload() {
        guard !isReloading else {
            reloadsAgain = true
            return
        }
        isReloading = true
        reloadCallers = nextCallers
        nextCallers = []
        notifier.tell(.reloadBegan(at: .now()))
        let loaded: ConfigurationLoader.Loaded
        do {
            loaded = try ConfigurationLoader.load(configurationPath)
        } catch {
            return reloaded(error.messages)
        }
        // Only another list takes time; then everything goes on meanwhile.
        revocations.prepare(loaded.settings) { [self] prepared in
            switch prepared {
            case .success(let list): reloaded(apply(loaded, list))
            case .failure(let failure): reloaded([failure.description])
            }
        }
    }

    /// Goes over to a configuration. - Returns: why nothing has changed; empty where it has.
    private func apply(_ loaded: ConfigurationLoader.Loaded, _ list: LoadedRevocations?) -> [String] {
        for warning in loaded.warnings { log.warning("configuration", metadata: ["warning": "\(warning)"]) }
        let missing = hardening.missing(for: loaded.settings.confinement(configurationPath: configurationPath))
        guard missing.isEmpty else {
            let what = missing.joined(separator: ", ")
            return ["needs a restart: at its start authd gave up the right to reach \(what) (hardening.landlock)"]
        }
        if let failure = AssertionKeyFile.failure(loaded.settings.assertion) { return [failure.description] }
        if let failure = trusts.update(loaded.settings) { return [failure.description] }
        let failures = keys.update(loaded.settings)
        guard failures.isEmpty else { return failures.map(\.description) }
        if let failure = assertion.update(loaded.settings.assertion) { return [failure.description] }
        revocations.adopt(list)
        for key in loaded.settings.changeNeedsRestart(from: settings) {
            log.warning("changed, but needs a restart", metadata: ["key": "\(key)"])
        }
        // What needs a restart stays as it is, so that the same change is reported again.
        var settings = loaded.settings
        settings.listeners = self.settings.listeners
        settings.eventLoops = self.settings.eventLoops
        settings.hardening = self.settings.hardening
        self.settings = settings
        keys.reloadNow()
        assertion.reloadNow()
        certificates.reloadNow()
        publish()
        // Read again on its own thread; what has changed is published when it is there.
        revocations.reloadNow()
        return []
    }

    /// The reload is over. - Parameter failures: why nothing has changed.
    private func reloaded(_ failures: [String]) {
        isReloading = false
        lastReload = ServiceStatusText.ReloadRecord(time: .now(), failure: failures.first)
        if failures.isEmpty { reloadSucceeded() } else { reloadFailed(failures) }
        notifier.tell(.described(statusText), .reloadEnded)
        // systemd knows before whoever waits does.
        let callers = reloadCallers
        reloadCallers = []
        for caller in callers { caller(failures) }
        if reloadsAgain {
            reloadsAgain = false
            reload()
        }
    }

    private func reloadSucceeded() {
        readiness.update {
            $0.configurationError = nil
            $0.reloadsSucceeded += 1
        }
        log.notice("configuration reloaded", metadata: ["generation": "\(generation)"])
    }

    private func reloadFailed(_ messages: [String]) {
        readiness.update {
            $0.configurationError = messages.first ?? "unknown"
            $0.reloadsFailed += 1
        }
        for message in messages {
            log.error("reload failed, the old configuration goes on", metadata: ["error": "\(message)"])
        }
    }
}
