internal import Configuration
internal import Platform

extension Settings {
    /// What serving these settings takes of the file system and of TCP, later changes of the files included.
    /// - Parameters:
    ///   - configurationPath: the file that they were read from.
    ///   - controlSocket: where `authd reload` asks; nil: nowhere.
    func confinement(configurationPath: String, controlSocket: String? = nil) -> ConfinementPlan {
        var plan = ConfinementPlan()
        plan.read(replaceable: configurationPath)
        for keys in keySources { keys.add(to: &plan) }
        if let revocations { plan.read(replaceable: revocations.file) }
        if let assertion { plan.read(replaceable: assertion.keyFile) }
        for listener in listeners.decision + listeners.proxy + listeners.admin {
            if let tls = listener.tls {
                plan.read(replaceable: tls.certificate)
                plan.read(replaceable: tls.key)
            }
            switch listener.address {
            case .unix(let socket): plan.listen(at: socket.path)
            case .tcp(let address): plan.ports.insert(UInt16(clamping: address.port))
            case .systemd: break
            }
        }
        if let controlSocket { plan.listen(at: controlSocket) }
        for upstream in upstreams {
            if let authorities = upstream.authorities { plan.read(replaceable: authorities) }
            switch upstream.address {
            case .http, .https: plan.connects = true
            case .unix: break
            }
        }
        return plan
    }
}

extension KeySourceSettings {
    fileprivate func add(to plan: inout ConfinementPlan) {
        switch source {
        case .file(let path): plan.read(replaceable: path)
        case .directory(let path):
            plan.read(replaceable: path)
            // Its files may be links to elsewhere.
            guard case .names(let names) = KeyDirectory.list(path) else { return }
            for name in names { plan.read(replaceable: "\(path)/\(name)") }
        case .remote(let remote):
            plan.connects = true
            if let authority = remote.certificateAuthority { plan.read(replaceable: authority) }
        }
    }
}
