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
        let days = daysSince1970(year: numbers[0], month: month, day: day)
        return Double(days * 86_400 + hour * 3600 + minute * 60 + second) + Double(numbers[6]) / 1000
    }

    private static let form = Array("0000-00-00T00:00:00.000Z".utf8)

    /// The other way of `date(daysSince1970:)`: years are counted from 1 March.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
