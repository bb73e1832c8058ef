/// Keys that everybody who reads this knows.
enum PublishedKeys {
    /// An Ed25519 key that `SignedToken` signs with. A fuzzer cannot make signatures, whatever it has seen.
    static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ6qWvjTNuBSZq75pUBpTlDBIINMMfDvQb5j02Cn1+c/
        -----END PRIVATE KEY-----

        """

    /// One public key of each type. The private halves were thrown away when they were made.
    static let set = "{\"keys\":[" + keys.joined(separator: ",") + "]}"

    private static let keys = [
        #"{"kty":"RSA","kid":"rsa","use":"sig","n":"uyxwn9XxobciDjp59GTzMniIqtC8KmohxfxJy4s8JIwEYwTggqJDah"#
            + #"wyKGkZkXpWtoAfOBikGlvoQep1YVbG_EH6ob9RSbAgTVsUju1sIxcpNC_2URaYqcQ_e5R-x1yjoDYCCSoZn63ykt3ST62ymC"#
            + #"3Wz1fwgak_Cqdt9f9nVf1V-m6OaPFealPGyVF2Fw2BaUs6M51vXwveDoY0wtwqwkrZ-dRbPCGZ71lMBJ1crCKBQ1kbwv00gL"#
            + #"BrJoM7M7l0du2sIYJC4bTBv6pEROHmQSTBG5JVsfwOI0gYvqpOxmxxhzmTmyT3ZkYkOVrn9-UxB9iblc2noRO7e9lb1kwOPQ"#
            + #"","e":"AQAB"}"#,
        #"{"kty":"EC","kid":"p-256","crv":"P-256","x":"iTt67zdpGT7vbmU5sjsoGbmMwpC_n50Pcg6gkdWpWTE","y":"d"#
            + #"9rc_3JevXcR28nFAspFR0nD3OYgThoMlQhQCGZQV2s"}"#,
        #"{"kty":"EC","kid":"p-384","crv":"P-384","x":"hFEKluIhGJeoEm2j0rZ-L-2Kd1GtSqRobh-33xSkUHWcEbqAZ4J"#
            + #"BUFOF-3zrHT23","y":"gZqqBGI_1QzVf6RQ2ennTuo4qY7KAzHX5YJaxM7VhX2rymMVvjcGBo99YnSK4cid"}"#,
        #"{"kty":"EC","kid":"p-521","crv":"P-521","x":"AY-HH7lUlRLizJKBQvguq_Ue9VnLoeIHgp3JajMK1z-VRdOn3Wz"#
            + #"W2uqDASyPNC_fL57vwwacO1vgPLEldeG5p5We","y":"AY9tHiEorih9B7kViCuMuhY1nROEVGTlffWXkJUjoadzz2u1o-ai"#
            + #"dR_lUuATfVjm2wt9byKXCqVoqvcm1w_yGCus"}"#,
        #"{"kty":"OKP","kid":"ed25519","crv":"Ed25519","x":"6F05BMVHe7S77fjgjSpkxrpsTonvpX_Hfizk1gTsUrQ"}"#,
        #"{"kty":"OKP","kid":"ed448","crv":"Ed448","x":"3ogcFVzuVSQI6Ii5UvPJ2Q130Jnduf_l658BoR_FYd7v5DOg-I"#
            + #"P6PALpbMgiK1BwbuU2dd-VcT0A"}"#,
    ]
}
