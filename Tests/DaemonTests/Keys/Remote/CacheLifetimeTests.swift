import Testing

@testable import Daemon

@Suite struct CacheLifetimeTests {
    @Test(
        arguments: [
            (["max-age=300"], nil, 300), (["public, max-age=300, must-revalidate"], nil, 300),
            (["MAX-AGE = 7"], nil, 7),
            (["max-age=\"60\""], nil, 60), (["max-age=300"], "100", 200), (["max-age=300"], "301", 0),
            (["max-age=300"], "soon", 300), (["max-age=300", "max-age=10"], nil, 10), (["no-store"], nil, 0),
            (["max-age=300, no-cache"], nil, 0), (["max-age=99999999999999999999999"], nil, 1 << 31),
            (["max-age=300"], "99999999999999999999999", 0),
        ] as [([String], String?, Int64)]
    )
    func what_is_said_is_understood(fields: [String], age: String?, seconds: Int64) {
        #expect(CacheLifetime.seconds(cacheControl: fields, age: age) == seconds)
    }

    @Test(arguments: [
        [], [""], ["public"], ["max-age"], ["max-age="], ["max-age=-1"], ["max-age=1.5"], ["max-age=1s"],
        ["s-maxage=5"],
        ["xmax-age=5"], ["max-age=\""], [",,,=,"],
    ])
    func what_says_nothing_says_nothing(fields: [String]) {
        #expect(CacheLifetime.seconds(cacheControl: fields, age: nil) == nil)
    }
}
