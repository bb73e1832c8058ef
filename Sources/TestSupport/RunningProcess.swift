import Glibc

/// A program that runs beside the test: its output is read as it comes, and nobody waits for anything by sleeping.
///
/// It is killed when the object goes away, so that no test leaves a daemon behind.
package final class RunningProcess: Sendable {
    package let processIdentifier: Int32
    /// What the program was called with, for messages.
    package let name: String
    let output: Awaited<ProcessOutput>

    /// Starts `program` (an absolute path). `environment` replaces the whole of it; `nil` hands on the test's own. The child
    /// gets copies of `passing` as descriptors 3 and up.
    package init(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String]? = nil,
        input: [UInt8]? = nil,
        passing: [Int32] = []
    )
        throws
    {
        let spawned = try SpawnedProcess.start(
            program,
            arguments,
            environment: environment,
            takesInput: input != nil,
            passing: passing
        )
        let output = Awaited(ProcessOutput())
        processIdentifier = spawned.processIdentifier
        name = ([program] + arguments).joined(separator: " ")
        self.output = output
        ChildRegistry.shared.add(spawned.processIdentifier)
        let update: @Sendable ((inout ProcessOutput) -> Void) -> Void = { change in
            let whole = output.update { state in
                change(&state)
                return state.takeWhole()
            }
            if let whole { ProgramLogs.search(whole, of: program, arguments) }
        }
        ProcessReader.read(spawned.standardOutput) { bytes in update { $0.addOutput(bytes) } }
        ProcessReader.read(spawned.standardError) { bytes in update { $0.addError(bytes) } }
        ProcessReader.reap(spawned.processIdentifier) { status in
            ChildRegistry.shared.remove(spawned.processIdentifier)
            update { $0.exit = status }
        }
        if let input, let descriptor = spawned.standardInput {
            ProcessReader.write(input, to: descriptor)
        }
    }

    deinit {
        if output.current.exit == nil { kill(processIdentifier, SIGKILL) }
    }

    package var standardOutput: String { output.current.standardOutput }
    package var standardError: String { output.current.standardError }
    /// Both streams in the order in which they were read, for messages and for searching.
    package var allOutput: String { output.current.everything }
    package var exitStatus: ExitStatus? { output.current.exit }
    package var isRunning: Bool { exitStatus == nil }

    package func send(signal: Int32) {
        if isRunning { kill(processIdentifier, signal) }
    }

    /// Waits for the end of the program, including all its output.
    @discardableResult
    package func waitForExit(before deadline: Deadline = .usual) throws -> ExitStatus {
        let status = output.first(before: deadline) { $0.isComplete ? $0.exit : nil }
        guard let status else { throw TestSupportError("\(name) is still running\n\(allOutput)") }
        return status
    }

    /// Waits until a line of either stream contains `text`, and returns that line.
    @discardableResult
    package func waitForLine(containing text: String, before deadline: Deadline = .usual) throws -> String {
        let found = try output.first(before: deadline) { state -> String? in
            if let line = state.line(containing: text) { return line }
            guard state.isComplete else { return nil }
            throw TestSupportError("\(name) ended without saying '\(text)'\n\(state.everything)")
        }
        guard let found else { throw TestSupportError("\(name) did not say '\(text)'\n\(allOutput)") }
        return found
    }

    /// Asks the program to end with SIGTERM, then waits for it.
    @discardableResult
    package func stop(before deadline: Deadline = .usual) throws -> ExitStatus {
        send(signal: SIGTERM)
        return try waitForExit(before: deadline)
    }

    /// Runs a program to its end.
    package static func run(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String]? = nil,
        input: [UInt8]? = nil,
        before deadline: Deadline = .usual,
    ) throws -> RunningProcess {
        let process = try RunningProcess(program, arguments, environment: environment, input: input)
        try process.waitForExit(before: deadline)
        return process
    }
}

extension RunningProcess {
    /// Waits until `deadline`, or less where the program ends before. Returns whether it still runs then.
    @discardableResult
    package func outlives(_ deadline: Deadline) -> Bool {
        output.first(before: deadline) { $0.isComplete ? true : nil } == nil
    }
}

extension RunningProcess {
    /// Waits until `select` finds something in what the program has written so far; `nil` when the deadline passes or the
    /// program ends without it.
    package func output<Found>(before deadline: Deadline, _ select: (String) -> Found?) -> Found? {
        output.first(before: deadline) { state -> Found?? in
            if let found = select(state.everything) { return .some(found) }
            return state.isComplete ? .some(nil) : nil
        } ?? nil
    }
}
