// swift-tools-version: 6.2
import PackageDescription

// The house: see docs/architecture.md. A target exists only where it takes a dependency or a privilege away from
// somebody; the arrows below are the only ones there are.

/// What every target of the project is compiled with. `AUTHD_WARNINGS=error`, as CI sets it, lets no warning pass.
let house: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .strictMemorySafety(),
    ] + (Context.environment["AUTHD_WARNINGS"] == "error" ? [.treatAllWarnings(as: .error)] : [])

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioConcurrencyHelpers: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(
    name: "AsyncHTTPClient",
    package: "async-http-client",
    // swift-configuration, which async-http-client may use, has a module of the same name as ours.
    moduleAliases: ["Configuration": "SwiftConfiguration"]
)
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

/// Exists only for `make fuzz`: libFuzzer brings its `main`, and only `-sanitize=fuzzer` links it.
let fuzzers: [Target] =
    Context.environment["AUTHD_FUZZ"] == nil
    ? []
    : [.executableTarget(name: "Fuzz", dependencies: ["FuzzProperties"], path: "Fuzz/Driver", swiftSettings: house)]

let package = Package(
    name: "authd",
    products: [
        .executable(name: "authd", targets: ["authd"]),
        .executable(name: "hello", targets: ["hello"]),
        // For AWS Lambda; see make lambda.
        .executable(name: "hello-world", targets: ["HelloWorld"]),
        .executable(name: "lambda-authorizer", targets: ["LambdaAuthorizer"]),
        .executable(name: "apigw-invoker", targets: ["APIGatewayInvoker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        // Comes with async-http-client; named because key servers' certificates are checked by the configuration's rules.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        // Tests only: an independent implementation to hold the product against.
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    ],
    targets: [
        // System libraries, found by pkg-config.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CPlatform"),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),

        // Pure: bytes in, values out.
        .target(name: "CivilTime", swiftSettings: house),
        .target(name: "StrictJSON", swiftSettings: house),
        .target(name: "JOSE", dependencies: ["StrictJSON", "COpenSSL"], swiftSettings: house),
        .target(
            name: "Authorization",
            dependencies: ["JOSE", "StrictJSON"],
            swiftSettings: house,
            // Doubles: trunc.
            linkerSettings: [.linkedLibrary("m")]
        ),
        .target(name: "Configuration", dependencies: ["Authorization", "JOSE", "StrictJSON"], swiftSettings: house),
        .target(name: "YAML", dependencies: ["Authorization", "Configuration", "CYAML"], swiftSettings: house),
        .target(name: "HTTPWire", swiftSettings: house),
        .target(name: "Gateways", dependencies: ["HTTPWire", "Authorization"], swiftSettings: house),
        .target(name: "APIGateway", dependencies: ["Authorization", "JOSE", "StrictJSON"], swiftSettings: house),

        // I/O.
        .target(name: "LambdaRuntime", dependencies: ["CivilTime", "StrictJSON"], swiftSettings: house),
        .target(name: "Platform", dependencies: ["CPlatform", "CSystemd"], swiftSettings: house),
        .target(
            name: "Daemon",
            dependencies: [
                "Authorization", "CivilTime", "Configuration", "Gateways", "HTTPWire", "JOSE", "Platform", "StrictJSON",
                "YAML", asyncHTTPClient, logging, nioConcurrencyHelpers, nioCore, nioHTTP1, nioPosix, nioSSL, nioTLS,
            ],
            swiftSettings: house
        ),

        // Programs: main and argument parsing only.
        .executableTarget(
            name: "authd",
            dependencies: [
                "Authorization", "CivilTime", "Configuration", "Daemon", "Gateways", "JOSE", "Platform", "StrictJSON",
                "YAML", argumentParser, asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix,
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "hello",
            dependencies: ["HTTPWire", "Platform", nioCore, nioPosix, argumentParser],
            swiftSettings: house
        ),
        // Only linked: keeps the programs for Lambda on glibc 2.34.
        .target(name: "CAmazonLinux"),
        .executableTarget(
            name: "HelloWorld",
            dependencies: ["CAmazonLinux", "LambdaRuntime", "StrictJSON"],
            swiftSettings: house
        ),
        .executableTarget(
            name: "LambdaAuthorizer",
            dependencies: [
                "APIGateway", "Authorization", "CAmazonLinux", "Configuration", "JOSE", "LambdaRuntime", "StrictJSON",
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "APIGatewayInvoker",
            dependencies: [
                // Not used: SwiftPM resolves asyncHTTPClient's alias only for who has both modules.
                "Configuration",
                "CAmazonLinux", "JOSE", "LambdaRuntime", "StrictJSON", asyncHTTPClient, nioCore, nioHTTP1, nioPosix,
                nioSSL,
            ],
            swiftSettings: house
        ),

        // What a decision costs inside the process; run by Benchmarks/decision.sh.
        .target(name: "CAllocationCount", path: "Benchmarks/CAllocationCount"),
        .executableTarget(
            name: "DecisionBenchmark",
            dependencies: ["Authorization", "JOSE", "CAllocationCount", "COpenSSL"],
            path: "Benchmarks/DecisionBenchmark",
            swiftSettings: house
        ),

        // What must hold for any bytes: driven by libFuzzer in make fuzz, and over Fuzz/Corpus by the tests.
        .target(
            name: "FuzzProperties",
            dependencies: ["Authorization", "Configuration", "Gateways", "HTTPWire", "JOSE", "StrictJSON", "YAML"],
            path: "Fuzz/Properties",
            swiftSettings: house
        ),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzProperties", "TestSupport"], swiftSettings: house),

        // Tests: pure units first, then scenarios with real processes.
        .target(name: "TestSupport", dependencies: [crypto], swiftSettings: house),
        .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "JOSETests",
            dependencies: ["JOSE", "StrictJSON", "TestSupport", "COpenSSL", crypto],
            swiftSettings: house
        ),
        .testTarget(
            name: "AuthorizationTests",
            dependencies: ["Authorization", "JOSE", "StrictJSON", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["Configuration", "YAML", "Authorization", "JOSE", "StrictJSON", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "HTTPWireTests",
            dependencies: ["HTTPWire", "TestSupport", nioCore, nioEmbedded, nioHTTP1],
            swiftSettings: house
        ),
        .testTarget(
            name: "GatewaysTests",
            dependencies: ["Gateways", "HTTPWire", "Authorization", "TestSupport"],
            swiftSettings: house
        ),
        // authd beside verifiers that others wrote. libcrypto only makes the tokens.
        .testTarget(
            name: "AgreementTests",
            dependencies: ["Authorization", "JOSE", "COpenSSL", "TestSupport", crypto, cryptoExtras],
            exclude: ["Python"],
            swiftSettings: house
        ),
        .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Daemon", "Authorization", "Configuration", "Gateways", "HTTPWire", "JOSE", "Platform", "StrictJSON",
                "TestSupport", "YAML", crypto, logging, nioCore, nioEmbedded, nioPosix, nioSSL,
            ],
            swiftSettings: house
        ),
        .testTarget(name: "LambdaRuntimeTests", dependencies: ["LambdaRuntime", "TestSupport"], swiftSettings: house),
        .testTarget(
            name: "APIGatewayTests",
            dependencies: ["APIGateway", "Authorization", "Configuration", "JOSE", "StrictJSON", "TestSupport"],
            swiftSettings: house
        ),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["TestSupport", "authd", "hello", crypto],
            swiftSettings: house
        ),
        // Real parts: a booted systemd, containers, AWS's emulators, Terraform.
        .testTarget(
            name: "LabTests",
            dependencies: [
                "TestSupport", "authd", "hello", "HelloWorld", "LambdaAuthorizer", "APIGatewayInvoker", crypto,
            ],
            swiftSettings: house
        ),
    ] + fuzzers
)
