import HTTPWire
import Testing

@Suite struct HeaderNameFoldTests {
    @Test(arguments: ["x-auth-user", "X-Auth-User", "X_Auth_User", "x.auth.user", "X_Auth.User", "X-AUTH_USER"])
    func every_spelling_folds_to_the_same_name(spelling: String) {
        let bytes = Array(spelling.utf8)
        #expect(FoldedNameSet(["X-Auth-User"]).contains(0..<bytes.count, in: bytes))
        #expect(FoldedNameSet(["other", "X_AUTH.USER"]).contains(0..<bytes.count, in: bytes))
        #expect(HeaderNameFold.fold(spelling) == Array("x-auth-user".utf8))
    }

    @Test(arguments: ["x-auth-use", "x-auth-users", "x-auth~user", "xauthuser", "y-auth-user", ""])
    func other_names_do_not(name: String) {
        let bytes = Array(name.utf8)
        #expect(!FoldedNameSet(["X-Auth-User"]).contains(0..<bytes.count, in: bytes))
    }

    @Test
    func names_longer_than_any_bitmap_are_compared_too() {
        let long = String(repeating: "n", count: 80)
        let other = String(repeating: "m", count: 90)
        let bytes = Array(long.uppercased().utf8)
        #expect(FoldedNameSet([long]).contains(0..<80, in: bytes))
        #expect(!FoldedNameSet([other]).contains(0..<80, in: bytes))
    }

    @Test
    func a_range_outside_of_the_bytes_equals_nothing() {
        let bytes = Array("abc".utf8)
        #expect(!FoldedNameSet(["abc"]).contains(1..<4, in: bytes))
        #expect(!FoldedNameSet([]).contains(0..<3, in: bytes))
    }
}
