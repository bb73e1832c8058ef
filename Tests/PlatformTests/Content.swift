@testable import Platform

extension SecretBytes {
    /// The content as a plain array, for comparing in tests.
    var array: [UInt8] {
        withSpan { span in
            var bytes: [UInt8] = []
            for index in span.indices {
                bytes.append(span[index])
            }
            return bytes
        }
    }

    convenience init(_ bytes: [UInt8]) {
        self.init(copying: bytes.span)
    }
}
