/// What a parse needs beside its result; kept from text to text, so that parsing allocates nothing in the steady state.
final class JSONWorkspace {
    /// The arrays and objects that are open, outermost first.
    var open: [JSONReader.Container] = []
    /// The names of large objects.
    var names = NameTable()
    /// Makes the hashes of names unpredictable to whoever sends them.
    let seed = UInt32.random(in: .min ... .max)

    func reset() {
        open.removeAll(keepingCapacity: true)
        names.reset()
    }
}
