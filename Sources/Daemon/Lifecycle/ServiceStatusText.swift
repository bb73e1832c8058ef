internal import Authorization
internal import Platform

/// The line that `systemctl status` shows.
struct ServiceStatusText {
    let phase: Readiness.Phase
    /// `decision=systemd:decision proxy=tcp:127.0.0.1:8080`.
    let listeners: String
    let keys: [KeySourceStatus]
    /// What else runs on last good content, one sentence each.
    let degraded: [String]
    let lastReload: ReloadRecord?
    let connections: Int
    let now: WallTime

    /// How the last reload ended.
    struct ReloadRecord: Equatable {
        let time: WallTime
        /// nil: well.
        let failure: String?
    }

    var text: String {
        switch phase {
        case .starting: "Starting" + keysText
        case .draining: "Stopping; \(connections) \(connections == 1 ? "connection" : "connections") to finish"
        case .serving: serving
        }
    }

    private var serving: String {
        let missing = keys.filter { $0.health == .neverLoaded }.map(\.issuer)
        let head = missing.isEmpty ? "Serving" : "Waiting for keys of \(missing.joined(separator: ", ")); serving"
        var text = "\(head) \(listeners)\(keysText)"
        let reasons = keys.compactMap { $0.lastError?.description } + degraded
        if !reasons.isEmpty { text += "; degraded: \(reasons.joined(separator: ", "))" }
        guard let lastReload else { return text }
        let moment = TimeText.rfc3339(lastReload.time).prefix(19)
        return text + "; reload of \(moment)Z " + (lastReload.failure.map { "failed: \($0)" } ?? "succeeded")
    }

    private var keysText: String {
        keys.isEmpty ? "" : "; keys: " + keys.map(text).joined(separator: ", ")
    }

    private func text(_ status: KeySourceStatus) -> String {
        guard status.health != .neverLoaded else { return "\(status.issuer) none" }
        let old = status.lastChange.map { ", \(age(since: $0)) old" } ?? ""
        let retired = status.retired > 0 ? " and \(status.retired) retired" : ""
        return "\(status.issuer) \(status.current)\(retired)\(old)"
    }

    /// In one unit: the line is sent again whenever it changes.
    private func age(since time: WallTime) -> String {
        let seconds = max(0, now.seconds - time.seconds)
        switch seconds {
        case ..<60: return "under 1 min"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) d"
        }
    }
}
