import StrictJSON
import Testing

@Suite struct DuplicateNameTests {
    // RFC 7515 §4, RFC 7519 §4: whoever reads the first and whoever reads the last would see two tokens.
    @Test(arguments: [
        #"{"a":1,"a":2}"#,
        #"{"a":1,"a":1}"#,
        #"{"a":1,"\u0061":2}"#,
        #"{"\u0061":1,"a":2}"#,
        #"{"exp":1,"\u0065\u0078p":2}"#,
        #"{"/":1,"\/":2}"#,
        #"{"/":1,"\u002F":2,"x":3}"#,
        #"{"\u002f":1,"\u002F":2}"#,
        #"{"":1,"":2}"#,
        #"{"é":1,"\u00e9":2}"#,
        #"{"😀":1,"\ud83d\ude00":2}"#,
        #"{"\ud83d\ude00":1,"\uD83D\uDE00":2}"#,
        #"{"\n":1,"\u000a":2}"#,
        #"{"\"":1,"\u0022":2}"#,
        #"{"\\":1,"\u005c":2}"#,
        #"{"\u0000":1,"\u0000":2}"#,
        #"{"o":{"a":1,"b":2,"a":3}}"#,
        #"[{"a":{"b":[{"c":1,"c":2}]}}]"#,
        #"{"a":1,"b":{"a":1},"a":2}"#,
        #"{"a":{"a":{"a":{}}},"b":1,"a":0}"#,
    ])
    func a_name_that_stands_twice_is_refused_however_it_is_spelt(text: String) {
        #expect(ParsedText(text).failure?.code == .duplicateName)
    }

    @Test(arguments: [
        #"{"a":1,"A":2}"#, #"{"a":1,"a ":2}"#, #"{"a":1,"\u0000a":2}"#, #"{"a":{"a":1},"b":{"a":1}}"#,
        #"[{"a":1},{"a":1}]"#, #"{"a":"a","b":"a","c":["a","a"]}"#, #"{"\\u0061":1,"a":2}"#, #"{"ab":1,"a":2,"b":3}"#,
        #"{"/":1,"\\/":2}"#,
    ])
    func different_names_and_equal_values_are_no_duplicates(text: String) {
        #expect(ParsedText(text).failure == nil)
    }

    // The way of finding a duplicate changes with the size of the object.
    @Test(arguments: Array(2...40) + [63, 64, 65, 127, 128, 129, 500, 5000])
    func a_duplicate_is_found_at_every_place_of_objects_of_every_size(count: Int) {
        let names = (0..<count).map { "\"name\($0)\":\($0)" }
        #expect(ParsedText("{" + names.joined(separator: ",") + "}").failure == nil)
        for place in Set([0, 1, 6, 7, 8, 9, count / 2, count - 2, count - 1]) where (0..<count).contains(place) {
            for spelling in ["\"name\(place)\"", "\"\\u006eame\(place)\""] {
                let text = "{" + (names + [spelling + ":null"]).joined(separator: ",") + "}"
                #expect(ParsedText(text).failure?.code == .duplicateName, "\(count) names, \(spelling)")
            }
        }
    }

    @Test func objects_within_objects_keep_their_names_apart() {
        let names = (0..<20).map { "\"n\($0)\":0" }.joined(separator: ",")
        // Each of 20 members holds an object with the same 20 names, in turn with the outer names.
        let inner = (0..<20).map { "\"n\($0)\":{\(names)}" }.joined(separator: ",")
        #expect(ParsedText("{\(inner)}").failure == nil)
        #expect(ParsedText("{\(inner),\"n19\":0}").failure?.code == .duplicateName)
        #expect(ParsedText("{\(inner),\"x\":{\(names),\"n0\":0}}").failure?.code == .duplicateName)
        // Nested ten deep, each level larger than the search by comparison reaches.
        var nested = "{\(names)}"
        for _ in 0..<10 { nested = "{\(names),\"deeper\":\(nested)}" }
        #expect(ParsedText(nested).failure == nil)
        #expect(ParsedText("{\(names),\"deeper\":\(nested),\"n3\":1}").failure?.code == .duplicateName)
    }

    @Test func tens_of_thousands_of_names_are_read() {
        let count = 40_000
        let text = "{" + (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
        #expect(ParsedText(text).document.nodes.count == 2 * count + 1)
        #expect(ParsedText(String(text.dropLast()) + ",\"k0\":0}").failure?.code == .duplicateName)
    }

    @Test func a_document_forgets_the_names_of_the_text_before() {
        let large = "{" + (0..<100).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
        var document = JSONDocument()
        for text in [large, #"{"k1":0}"#, large, #"{"k1":0,"k1":0}"#, large] {
            let bytes = Array(text.utf8)
            let failure = document.parse(bytes.span)
            #expect((failure?.code == .duplicateName) == (text == #"{"k1":0,"k1":0}"#))
        }
    }
}
