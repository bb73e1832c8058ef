/// All listeners, by what they serve.
package struct ListenersSettings: Sendable, Equatable {
    package var decision: [ListenerSettings]
    package var proxy: [ListenerSettings]
    package var admin: [ListenerSettings]

    package init(
        decision: [ListenerSettings] = [],
        proxy: [ListenerSettings] = [],
        admin: [ListenerSettings] = []
    ) {
        self.decision = decision
        self.proxy = proxy
        self.admin = admin
    }
}
