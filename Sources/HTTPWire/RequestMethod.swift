/// The methods that somebody here looks up. The raw value is the name itself as a big-endian number.
///
/// A method that is not listed is `other`: it is a valid token, and its name stands in `RequestHead.methodName`.
package enum RequestMethod: UInt64, Equatable, Sendable {
    case other = 0
    case get = 0x47_45_54
    case head = 0x48_45_41_44
    case post = 0x50_4F_53_54
    case put = 0x50_55_54
    case patch = 0x50_41_54_43_48
    case delete = 0x44_45_4C_45_54_45
    case options = 0x4F_50_54_49_4F_4E_53
    case trace = 0x54_52_41_43_45
    case connect = 0x43_4F_4E_4E_45_43_54

    /// Takes a method name of any length; upper and lower case differ (RFC 9110 §9.1).
    init(name: RawSpan) {
        guard name.byteCount <= 8 else {
            self = .other
            return
        }
        var value: UInt64 = 0
        var index = 0
        while index < name.byteCount {
            value = value << 8 | UInt64(ByteScan.byte(name, index))
            index += 1
        }
        self = RequestMethod(rawValue: value) ?? .other
    }

    /// Whether a request with this method may be repeated without harm (RFC 9110 §9.2.2).
    package var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        case .post, .patch, .connect, .other: false
        }
    }
}
