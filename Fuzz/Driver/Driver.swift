internal import FuzzProperties
internal import Glibc

/// What libFuzzer calls for each input; its own `main` is the program's. The environment says which target it is about,
/// because libFuzzer starts copies of itself with arguments of its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    // Safe: libFuzzer's bytes stay where they are until this returns.
    let input = unsafe bytes.span
    do throws(Violation) {
        try unsafe target.check(input)
    } catch {
        fatalError("this does not hold: \(error.description)")
    }
    return 0
}

/// libFuzzer runs on one thread.
nonisolated(unsafe) private let target: any FuzzTarget = {
    let names = FuzzTargets.all.map(\.name).joined(separator: ", ")
    guard let name = unsafe getenv("AUTHD_FUZZ_TARGET"),
        let target = unsafe FuzzTargets.make(String(cString: name))
    else {
        fatalError("AUTHD_FUZZ_TARGET must be one of: \(names)")
    }
    return target
}()
