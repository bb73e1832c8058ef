internal import CivilTime

extension TimeText {
    /// The moment that `rfc3339` wrote down, in seconds since 1970; nil for any other form.
    static func seconds(rfc3339 text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count == form.count else { return nil }
        var numbers: [Int64] = []
        var isInNumber = false
        for (byte, mark) in zip(bytes, form) {
            guard mark == UInt8(ascii: "0") else {
                guard byte == mark else { return nil }
                isInNumber = false
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            if !isInNumber { numbers.append(0) }
            isInNumber = true
            numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        guard numbers.count == 7 else { return nil }
        let (month, day) = (numbers[1], numbers[2])
        let (hour, minute, second) = (numbers[3], numbers[4], numbers[5])
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61 else { return nil }
        let days = CivilDate(year: numbers[0], month: month, day: day).daysSince1970
        return Double(days * 86_400 + hour * 3600 + minute * 60 + second) + Double(numbers[6]) / 1000
    }

    private static let form = Array("0000-00-00T00:00:00.000Z".utf8)
}
