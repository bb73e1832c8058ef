import TestSupport
import Testing

/// What `make lambda` makes, and what it refuses.
@Suite struct PackagingTests {
    private static let listing = """
        import sys, zipfile
        for entry in zipfile.ZipFile(sys.argv[1]).infolist():
            print(entry.filename, oct(entry.external_attr >> 16), *entry.date_time, len(entry.extra))
        """

    @Test(
        .enabled(if: LambdaPackages.areExpected, "the zips are not made (make lambda)"),
        arguments: ["hello-world", "lambda-authorizer", "apigw-invoker"]
    )
    func a_zip_holds_the_program_and_nothing_of_its_machine(name: String) throws {
        let zip = "\(LambdaPackages.folder)/\(name).zip"
        let python = try RunningProcess.run(SystemTool.required("python3"), ["-c", Self.listing, zip])
        #expect(python.standardOutput == "bootstrap 0o100755 1980 1 1 0 0 0 0\n", "\(python.allOutput)")
    }

    @Test(
        .enabled(if: LambdaPackages.areExpected, "the zips are not made (make lambda)"),
        arguments: ["hello-world", "lambda-authorizer", "apigw-invoker"]
    )
    func a_packed_program_starts_by_itself(name: String) throws {
        // Without a library path and without anything of the toolchain's.
        let environment = ["PATH": "/usr/bin"]
        let function = try RunningProcess.run(LambdaPackages.program(name), environment: environment)
        #expect(function.exitStatus == .code(78))
        #expect(function.allOutput.contains("AWS_LAMBDA_RUNTIME_API"))
    }

    @Test(.enabled(if: SystemTool.isExpected("openssl"), "openssl is not installed"))
    func a_program_that_needs_what_lambda_lacks_is_refused() throws {
        let check = try RunningProcess.run(
            RepositoryRoot.path("scripts/check-linkage"),
            ["--lambda", SystemTool.required("openssl")]
        )
        #expect(check.exitStatus == .code(1))
        #expect(check.standardError.contains("libcrypto.so.3, which Lambda does not have"))
    }
}
