import Testing

/// The image of `deploy/docker`, and the pods of `deploy/kubernetes` as podman can run them.
@Suite(.serialized, .enabled(if: LabTools.canRunContainers, LabTools.whyNoContainers)) struct ContainerLab {}
