import Configuration
import Testing

@Suite struct ListenerTests {
    private static let tcp = "tcp: 127.0.0.1:9180"

    private func address(_ listener: String) throws -> ListenerAddress? {
        try Sample.settings(Sample.small(Self.tcp, listener)).listeners.decision.first?.address
    }

    @Test(arguments: [
        Slip(
            tcp,
            "tcp: 9180",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; did you mean 127.0.0.1:9180?"
        ),
        Slip(
            tcp,
            "tcp: 127.0.0.1",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; such as 127.0.0.1:9180"
        ),
        Slip(
            tcp,
            "tcp: 127.0.0.1:0",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; such as 127.0.0.1:9180"
        ),
        Slip(
            tcp,
            "tcp: 127.0.0.1:65536",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; such as 127.0.0.1:9180"
        ),
        Slip(
            tcp,
            "tcp: 127.0.0.1:+80",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; such as 127.0.0.1:9180"
        ),
        Slip(
            tcp,
            "tcp: \"::1\"",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; an IPv6 address stands in brackets: "
                + "[::1]:9180"
        ),
        Slip(
            tcp,
            "tcp: /run/a.sock",
            "3:12: listeners.decision[0].tcp",
            "must be HOST:PORT with a port from 1 to 65535; a socket file is written as unix: PATH"
        ),
        Slip(tcp, "tcp: \"[::1%lo]:80\"", "3:12: listeners.decision[0].tcp", "not an IPv6 address in the brackets"),
        Slip(
            tcp,
            "tcp: 127.0.0.01:80",
            "3:12: listeners.decision[0].tcp",
            "the host must be an IPv4 address, an IPv6 address in brackets, or localhost; names are not "
                + "looked up here"
        ),
        Slip(
            tcp,
            "tcp: \"*:80\"",
            "3:12: listeners.decision[0].tcp",
            "the host must be an IPv4 address, an IPv6 address in brackets, or localhost; every address "
                + "is 0.0.0.0 or [::]"
        ),
        Slip(
            tcp,
            "tcp: \":80\"",
            "3:12: listeners.decision[0].tcp",
            "the host must be an IPv4 address, an IPv6 address in brackets, or localhost; every address "
                + "is 0.0.0.0 or [::]"
        ),
        Slip(
            tcp,
            "tcp: 0.0.0.0:80",
            "3:12: listeners.decision[0].tcp",
            "other machines can reach this address, and nothing is encrypted; listen on 127.0.0.1 or a "
                + "Unix socket, or set allow_remote: true"
        ),
        Slip(tcp, "unix: run/a.sock", "3:13: listeners.decision[0].unix", "the path of a socket starts with \"/\""),
        Slip(tcp, "unix: /run/", "3:13: listeners.decision[0].unix", "the path of a socket does not end with \"/\""),
        Slip(tcp, "unix: /run/../a", "3:13: listeners.decision[0].unix", "the path of a socket has no \"..\""),
        Slip(
            tcp,
            "unix: /\(String(repeating: "x", count: 107))",
            "3:13: listeners.decision[0].unix",
            "the path of a socket has at most 107 bytes"
        ),
        Slip(
            tcp,
            "systemd: \"a:b\"",
            "3:16: listeners.decision[0].systemd",
            "must be a FileDescriptorName: printable ASCII without blanks and \":\""
        ),
        Slip(
            tcp,
            "unix: /run/a\n      mode: \"0888\"",
            "4:13: listeners.decision[0].mode",
            "must be three octal digits, such as \"0660\""
        ),
        Slip(
            tcp,
            "unix: /run/a\n      mode: 4755",
            "4:13: listeners.decision[0].mode",
            "must be three octal digits, such as \"0660\""
        ),
        Slip(
            tcp,
            "unix: /run/a\n      mode: rw",
            "4:13: listeners.decision[0].mode",
            "must be three octal digits, such as \"0660\""
        ),
        Slip(
            tcp,
            "unix: /run/a\n      allow_peers: []",
            "4:20: listeners.decision[0].allow_peers",
            "must not be empty: nobody could connect; or remove the key"
        ),
        Slip(
            tcp,
            "unix: /run/a\n      allow_peers: [a, a]",
            "4:24: listeners.decision[0].allow_peers[1]",
            "stands twice"
        ),
        Slip(
            tcp,
            "unix: /run/a\n      allow_peers: [4294967295]",
            "4:21: listeners.decision[0].allow_peers[0]",
            "must be below 4294967295"
        ),
        Slip(
            tcp,
            "unix: /run/a\n      group: \"a:b\"",
            "4:14: listeners.decision[0].group",
            "must be a name or a number of /etc/passwd or /etc/group"
        ),
        Slip(
            tcp,
            "systemd: web\n      mode: \"0660\"",
            "4:7: listeners.decision[0].mode",
            "the socket unit sets it: SocketMode="
        ),
        Slip(tcp, tcp + "\n      mode: \"0660\"", "4:7: listeners.decision[0].mode", "only a Unix socket has a mode"),
        Slip(
            tcp,
            tcp + "\n      group: www-data",
            "4:7: listeners.decision[0].group",
            "only a Unix socket has a group"
        ),
        Slip(
            tcp,
            tcp + "\n      allow_peers: [0]",
            "4:7: listeners.decision[0].allow_peers",
            "only at a Unix socket does the kernel say who connects"
        ),
        Slip(
            tcp,
            tcp + "\n      tls: { certificate: a, key: b }",
            "4:7: listeners.decision[0].tls",
            "unknown key; only a proxy listener has TLS"
        ),
        Slip(
            tcp,
            tcp + "\n      unix: /run/a",
            "3:7: listeners.decision[0].tcp",
            "stands beside \"unix\"; exactly one of \"unix\", \"tcp\", \"systemd\" counts"
        ),
        Slip(tcp, "mode: \"0660\"", "3:7: listeners.decision[0]", "needs one of \"unix\", \"tcp\", \"systemd\""),
        Slip(
            tcp,
            tcp + "\n    - tcp: localhost:9180",
            "4:12: listeners.decision[1].tcp",
            "the same address as listeners.decision[0].tcp on line 3"
        ),
        Slip(
            tcp,
            tcp + "\n    - tcp: \"[::ffff:127.0.0.1]:9180\"",
            "4:12: listeners.decision[1].tcp",
            "the same address as listeners.decision[0].tcp on line 3"
        ),
        Slip(
            tcp,
            tcp + "\n  admin:\n    - tcp: 127.0.0.1:9180",
            "5:12: listeners.admin[0].tcp",
            "the same address as listeners.decision[0].tcp on line 3"
        ),
        Slip(
            tcp,
            "unix: /run/a\n  admin: [unix: /run/./a]",
            "4:17: listeners.admin[0].unix",
            "the same address as listeners.decision[0].unix on line 3"
        ),
        Slip(
            tcp,
            "systemd: a\n    - systemd: a",
            "4:16: listeners.decision[1].systemd",
            "the same address as listeners.decision[0].systemd on line 3"
        ),
        Slip(
            "decision:\n    - \(tcp)",
            "admin: [tcp: \"127.0.0.1:1\"]",
            "2:3: listeners",
            "needs one of \"decision\", \"proxy\""
        ),
        Slip("    - \(tcp)", "    []", "3:5: listeners.decision", "must not be empty; or remove the key"),
        Slip(
            "listeners:\n  decision:\n    - \(tcp)\n",
            "",
            "1:1",
            "\"listeners\" is missing; such as listeners: { decision: [{ tcp: 127.0.0.1:9180 }] }"
        ),
    ])
    func a_listener_that_cannot_be_is_refused(_ slip: Slip) {
        #expect(Sample.errors(slip.yaml) == [slip.message])
    }

    @Test(
        arguments: [
            ("\"0660\"", 0o660), ("0660", 0o660), ("660", 0o660), ("\"600\"", 0o600), ("0o640", 0o640), ("\"0000\"", 0),
        ] as [(String, UInt32)]
    )
    func a_mode_is_octal_with_and_without_quotes(text: String, mode: UInt32) throws {
        #expect(try address("unix: /run/a\n      mode: \(text)") == .unix(.init(path: "/run/a", mode: mode)))
    }

    @Test func a_socket_file_is_for_owner_and_group_unless_said_otherwise() throws {
        #expect(try address("unix: /run/a") == .unix(.init(path: "/run/a", mode: 0o660, group: nil)))
        #expect(
            try address("unix: /run/a\n      group: www-data") == .unix(.init(path: "/run/a", group: .name("www-data")))
        )
        #expect(try address("unix: /run/a\n      group: 33") == .unix(.init(path: "/run/a", group: .number(33))))
        let longest = "/" + String(repeating: "x", count: 106)
        #expect(try address("unix: \(longest)") == .unix(.init(path: longest)))
    }

    @Test func a_mode_for_everybody_is_warned_of_unless_peers_are_named() throws {
        func warnings(_ lines: String) throws -> [String] {
            try Sample.warnings(Sample.small(Self.tcp, "unix: /run/a\n      mode: \(lines)"))
        }
        let message =
            "authd.yaml:4:13: listeners.decision[0].mode: every user of this machine may use the socket; "
            + "narrow the mode, or name who may connect in allow_peers"
        #expect(try warnings("0666") == [message])
        #expect(try warnings("0662") == [message])
        #expect(try warnings("0660") == [])
        #expect(try warnings("0666\n      allow_peers: [www-data]") == [])
    }

    @Test(arguments: [
        "127.0.0.1:80", "127.255.0.9:80", "localhost:80", "LOCALHOST:80", "\"[::1]:80\"", "\"[0:0:0:0:0:0:0:1]:80\"",
        "\"[::ffff:127.0.0.1]:80\"",
    ])
    func loopback_needs_no_leave(address: String) {
        #expect(Sample.errors(Sample.small(Self.tcp, "tcp: \(address)")) == [])
    }

    @Test(arguments: [
        "0.0.0.0:80", "10.0.0.1:80", "128.0.0.1:80", "\"[::]:80\"", "\"[2001:db8::1]:80\"", "\"[::ffff:10.0.0.1]:80\"",
    ])
    func whatever_others_can_reach_needs_leave(address: String) {
        let yaml = Sample.small(Self.tcp, "tcp: \(address)")
        #expect(Sample.errors(yaml).count == 1)
        #expect(Sample.errors(yaml + "allow_remote: false\n").count == 1)
        #expect(Sample.errors(yaml + "allow_remote: true\n") == [])
    }

    @Test func every_kind_of_plain_listener_needs_leave_and_one_with_tls_does_not() {
        func errors(_ listener: String) -> [String] {
            let yaml = Sample.small("    - \(Self.tcp)\n", "    - \(Self.tcp)\n  \(listener)\n")
            return Sample.errors(yaml + "upstreams: { a: { url: \"http://127.0.0.1:1\" } }\n")
        }
        #expect(errors("admin: [tcp: 0.0.0.0:1]").count == 1)
        #expect(errors("proxy: [tcp: 0.0.0.0:1]").count == 1)
        #expect(errors("proxy: [{ tcp: 0.0.0.0:1, tls: { certificate: a, key: b } }]") == [])
        #expect(errors("proxy: [{ tcp: 0.0.0.0:1, tls: { certificate: a, kye: b } }]").count == 2)
        #expect(errors("proxy: [{ unix: /a, tls: { certificate: a, key: b } }]").count == 1)
        #expect(errors("proxy: [{ systemd: a, tls: { certificate: a, key: b } }]") == [])
        #expect(errors("proxy: [{ tcp: \"127.0.0.1:1\", tls: { certificate: a } }]").count == 1)
    }

    @Test func sockets_of_systemd_may_have_peers() throws {
        let settings = try Sample.settings(
            Sample.small(Self.tcp, "systemd: decision\n      allow_peers: [www-data, \"33\"]")
        )
        #expect(settings.listeners.decision.map(\.address) == [.systemd("decision")])
        #expect(settings.listeners.decision.first?.allowedPeers == [.name("www-data"), .number(33)])
    }

    @Test func one_port_on_different_addresses_is_no_conflict() {
        let two = "\(Self.tcp)\n    - tcp: 127.0.0.2:9180\n    - tcp: \"[::1]:9180\"\n    - tcp: 127.0.0.1:9181"
        #expect(Sample.errors(Sample.small(Self.tcp, two)) == [])
    }

    @Test func an_unspecified_address_covers_all_others_of_its_family() {
        let two = "\(Self.tcp)\n    - tcp: 0.0.0.0:9180"
        #expect(Sample.errors(Sample.small(Self.tcp, two) + "allow_remote: true\n").count == 1)
    }
}
