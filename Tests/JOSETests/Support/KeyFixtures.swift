/// Files that openssl wrote, public parts only.
enum KeyFixtures {
    /// A certificate for a P-256 key, issued by `authority`, valid for a day in 2026.
    static let leaf = """
        -----BEGIN CERTIFICATE-----
        MIIBGzCBwgIUNDYnnC5Xjdyk4awTwSv5Jkk5tkMwCgYIKoZIzj0EAwIwEjEQMA4G
        A1UEAwwHVGVzdCBDQTAeFw0yNjExMjEwOTU4MDVaFw0yNjExMjIwOTU4MDVaMA8x
        DTALBgNVBAMMBGxlYWYwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT2SOBeAY3P
        DAJOYOorVR3WE1f5TumFbzlCtibzwMlUePW5zwmCay7XmtikLqDF2LrTTPJOA8Gr
        1LDtIlYzFmhoMAoGCCqGSM49BAMCA0gAMEUCIQC2OLBWnyxqhaCP3kXhO7mgp9oA
        NhKIg/Z/4K4FOh0ivgIgcryWRbWaUkYdwoB0NiXKbninM1IUowYJaFj3lhWPbyY=
        -----END CERTIFICATE-----

        """
    /// The certificate of its issuer, self-signed, without key usage.
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBeTCCAR+gAwIBAgIUNTWzQ0Qy1WqZVxajiISvuQZJ8FUwCgYIKoZIzj0EAwIw
        EjEQMA4GA1UEAwwHVGVzdCBDQTAeFw0yNjExMjEwOTU4MDVaFw0yNjExMjIwOTU4
        MDVaMBIxEDAOBgNVBAMMB1Rlc3QgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
        AAR3ixS7eaxFBAOfYNjK07g6VT8fNXoR7XP/KKWwvwdbX1XkhKFXMrLJLCMZy3tz
        WY3ZKMxV/ChNHoqEMQ2OC9ygo1MwUTAdBgNVHQ4EFgQUl+W/0yv9kyjAmifmZ2+Y
        w7e+weYwHwYDVR0jBBgwFoAUl+W/0yv9kyjAmifmZ2+Yw7e+weYwDwYDVR0TAQH/
        BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAkjpXXAoYd1R65oBx4qIDdfBfWox4
        Ts4UWjmHqOIO62MCIGI++jBLLWYF+cjzfMFHrVoKfgviyLbxwCQSsP+9rphX
        -----END CERTIFICATE-----

        """
    /// Key usage: keyCertSign, cRLSign.
    static let signsCertificatesOnly = """
        -----BEGIN CERTIFICATE-----
        MIIBqTCCAU+gAwIBAgIUGRcm5qL4yaCkyaS0S/vG1tPiAi0wCgYIKoZIzj0EAwIw
        IjEgMB4GA1UEAwwXc2lnbnMgY2VydGlmaWNhdGVzIG9ubHkwHhcNMjYxMTIxMDk1
        ODA1WhcNMjYxMTIyMDk1ODA1WjAiMSAwHgYDVQQDDBdzaWducyBjZXJ0aWZpY2F0
        ZXMgb25seTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHeLFLt5rEUEA59g2MrT
        uDpVPx81ehHtc/8opbC/B1tfVeSEoVcyssksIxnLe3NZjdkozFX8KE0eioQxDY4L
        3KCjYzBhMB0GA1UdDgQWBBSX5b/TK/2TKMCaJ+Znb5jDt77B5jAfBgNVHSMEGDAW
        gBSX5b/TK/2TKMCaJ+Znb5jDt77B5jAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB
        /wQEAwIBBjAKBggqhkjOPQQDAgNIADBFAiAXihG25+rdYwMx4r8IirfQCD/uwtgD
        MVeixt0QaAnySQIhALFykBGMJw0QcPs/1qYra/aU+0RYTCCnMHJazbNFjaIb
        -----END CERTIFICATE-----

        """
    /// Key usage: digitalSignature.
    static let signsData = """
        -----BEGIN CERTIFICATE-----
        MIIBizCCATKgAwIBAgIUURSg2aFciHeV3Wuoqf+OqzyqeU8wCgYIKoZIzj0EAwIw
        FTETMBEGA1UEAwwKc2lnbnMgZGF0YTAeFw0yNjExMjEwOTU4MDVaFw0yNjExMjIw
        OTU4MDVaMBUxEzARBgNVBAMMCnNpZ25zIGRhdGEwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAR3ixS7eaxFBAOfYNjK07g6VT8fNXoR7XP/KKWwvwdbX1XkhKFXMrLJ
        LCMZy3tzWY3ZKMxV/ChNHoqEMQ2OC9ygo2AwXjAdBgNVHQ4EFgQUl+W/0yv9kyjA
        mifmZ2+Yw7e+weYwHwYDVR0jBBgwFoAUl+W/0yv9kyjAmifmZ2+Yw7e+weYwDwYD
        VR0TAQH/BAUwAwEB/zALBgNVHQ8EBAMCB4AwCgYIKoZIzj0EAwIDRwAwRAIgCT/A
        V+iuAv8tqHU0zWuIBiyb9JnbHxZUa/g2Db4DdmsCIEQtZTAssdVYjy3Et+6uRAaS
        TcI4Exm00voxdBk0Z69E
        -----END CERTIFICATE-----

        """
    /// A P-256 key with a compressed point.
    static let compressedPoint = """
        -----BEGIN PUBLIC KEY-----
        MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgAC9kjgXgGNzwwCTmDqK1Ud1hNX+U7p
        hW85QrYm88DJVHg=
        -----END PUBLIC KEY-----

        """
    /// A P-256 key whose curve is written out in numbers (CVE-2020-0601).
    static let explicitCurve = """
        -----BEGIN PUBLIC KEY-----
        MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
        AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
        ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
        NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
        RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
        //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABPZI4F4Bjc8MAk5g6itVHdYT
        V/lO6YVvOUK2JvPAyVR49bnPCYJrLtea2KQuoMXYutNM8k4DwavUsO0iVjMWaGg=
        -----END PUBLIC KEY-----

        """
    /// A key on a curve that no algorithm here uses.
    static let secp256k1 = """
        -----BEGIN PUBLIC KEY-----
        MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEUdpWUXh4PYDZDOFeJuB5KAdEImNMMcok
        Y4cNsALXq2hUm33iNW/AJqgO6diof1/9+B2xSV4Csb79kjJ5acnkPA==
        -----END PUBLIC KEY-----

        """
    /// An RSA key of the type id-RSASSA-PSS.
    static let rsaPSS = """
        -----BEGIN PUBLIC KEY-----
        MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAKALrs332yxdk/u/1D24GAlk
        CNOg6FrisfDN6WcyOb/7tXJrwsA5wnBU68W7GkxY3gq6XgeEjrbVcDlpVOgj5Emj
        CZDwsoM3366yN4UolLEBPGUNhX5a4zg/vhXEkIEMbc9RYskd1A1s8VDQM0mYKFxq
        8iGFZJ4Boz9DHeETIZADKAPm6oq9D85ZoaNWtxGkx3M2Z8xo6hSI50IdneNjuWkO
        qC0dwJkj5HM+KuRARSdAa3T0gSFGOmGHfCZOGcvnWLWkbuo39WTFyf3eXmfBRsqK
        lsv113FlbsMfZAT9IocWGzbAJyxwZwtVIhg0py3lmQTO0SGz4KecZSGY6EQ3GqEC
        AwEAAQ==
        -----END PUBLIC KEY-----

        """
    /// A key that cannot sign.
    static let x25519 = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VuAyEAp3EsYd6nWCCpUKFXFSH9ZMiItFAzqLFwk0jAgodxuk4=
        -----END PUBLIC KEY-----

        """
    /// An RSA key that is too short.
    static let rsa1024 = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7ui/pAnn8bk3KxgojMx6QjNCo
        fvNWZEeCkzPpL9fl0so8+z52QA7bR35IxBSQhkqgVzvLxwAkrl6m0xvl6Dh/ocYE
        5eYyqpW1+suSnFPbjIenunG0N9Rm4KSKVHke5zIY93uJx3ouVc0DzTfafnreFc+g
        t68C9UAzV7S22EunmwIDAQAB
        -----END PUBLIC KEY-----

        """
    /// A modulus of 2048 bits with the mark of CVE-2017-15361, in base64url.
    static let markedModulus = """
        v-j9ttd1bvN3ZGIkJSAKPQLERivqc3vNFBeTg2eo96eOAKhc8UISV5iLTtM4m85hSiFzCu1NCeLn16CklGoGSS9oOuGimAby3iZd\
        hUXyjqH1DlELxIVfIZGIOKxqGrghf0lePFMtMQQaZ4D1K5HV2gnKzLgjgyr25eMiFYAJ1_LtwMHzPEgRAEHdkR8WZPtL5WO8hmJx\
        qKVwUivLAgVazKq02hu9DHLEfy2222oc4rDPzt4WCoaf_mJynvCuNvW3pYTUD9DsD9kltu26Ff68UqkUwnYTEm2bbAx1KB3zMqvS\
        A0NZG3m_zSBrWvZdpdxJoly-cXITZ1GzFM9ZUfWG1w
        """
}
