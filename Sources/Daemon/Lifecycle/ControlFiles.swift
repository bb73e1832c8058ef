/// What the control loop watches besides the issuers' keys.
struct ControlFiles {
    let revocations: Revocations
    let assertion: AssertionKeyFile
    let certificates: ListenerCertificates
    let trusts: UpstreamTrusts
}
