import Testing

/// The package of this checkout, in a really booted systemd. One machine for all of them, one test after the other.
@Suite(.serialized, .enabled(if: LabTools.canBoot, LabTools.whyNotBoot)) struct SystemdLab {}
