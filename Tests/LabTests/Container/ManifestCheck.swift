/// Checks a file of manifests, in Python since the schemas come as a Python package.
enum ManifestCheck {
    /// Istio's own kinds are not in Kubernetes' schema: for them it knows the fields that are used here.
    static let program = """
        import sys, yaml, kubernetes_validate

        VERSION = "1.34"
        ISTIO = {
            "PeerAuthentication": {"mtls": {"mode"}},
            "AuthorizationPolicy": {"selector": {"matchLabels"}, "action": None, "provider": {"name"}, "rules": None},
        }
        VOLUMES = {"configMap", "secret", "emptyDir", "projected", "downwardAPI", "csi", "persistentVolumeClaim", "ephemeral"}
        faults = []

        def restricted(name, pod):
            common = pod.get("securityContext", {})
            for key in ("hostNetwork", "hostPID", "hostIPC"):
                if pod.get(key): faults.append(f"{name}: {key}")
            for volume in pod.get("volumes", []):
                if not set(volume) - {"name"} <= VOLUMES: faults.append(f"{name}: volume {volume['name']}")
            if pod.get("automountServiceAccountToken") is not False: faults.append(f"{name}: a token of the cluster")
            for container in pod["containers"] + pod.get("initContainers", []):
                own = container.get("securityContext", {})
                where = f"{name}/{container['name']}"
                def effective(key): return own.get(key, common.get(key))
                if effective("runAsNonRoot") is not True: faults.append(f"{where}: may run as root")
                if effective("runAsUser") in (0, None): faults.append(f"{where}: runs as root")
                if (effective("seccompProfile") or {}).get("type") not in ("RuntimeDefault", "Localhost"): faults.append(f"{where}: seccomp")
                if own.get("allowPrivilegeEscalation") is not False: faults.append(f"{where}: allowPrivilegeEscalation")
                if own.get("capabilities") != {"drop": ["ALL"]}: faults.append(f"{where}: capabilities")
                if own.get("readOnlyRootFilesystem") is not True: faults.append(f"{where}: its root folder can be written")
                if "memory" not in container.get("resources", {}).get("limits", {}): faults.append(f"{where}: no memory limit")
                if any("subPath" in mount for mount in container.get("volumeMounts", [])): faults.append(f"{where}: subPath never changes")

        for document in yaml.safe_load_all(open(sys.argv[1])):
            kind, name = document["kind"], document["metadata"]["name"]
            if document["apiVersion"] == "security.istio.io/v1":
                for key, value in document["spec"].items():
                    known = ISTIO[kind].get(key, set())
                    if key not in ISTIO[kind] or known is not None and not set(value if isinstance(value, dict) else {}) <= known:
                        faults.append(f"{kind} {name}: {key}")
            else:
                try: kubernetes_validate.validate(document, VERSION, strict=True)
                except kubernetes_validate.ValidationError as error: faults.append(f"{kind} {name}: {error.message}")
            if kind == "Deployment": restricted(name, document["spec"]["template"]["spec"])
            print(kind, name)
        for fault in faults: print(fault, file=sys.stderr)
        sys.exit(1 if faults else 0)
        """
}
