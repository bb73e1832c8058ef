"""Judges tokens with PyJWT or joserfc, for TokenAgreementTests.

usage: judge.py pyjwt|joserfc WORLD CASES VERDICTS

WORLD is a JSON file: the issuers with their keys and what their tokens must be. CASES has one case a line: the clock, a
blank, the token in standard base64, so that a token of any bytes is a line. VERDICTS gets one line a case: `a` (allow),
`d` (deny) or `u` (the library does not have the algorithm), a blank, and letters for what the token's JSON is like
(`facts` below). What the libraries leave to their caller is done here in the plainest way: the issuer by its exact name,
the key by its `kid`.
"""

import base64
import json
import sys
import warnings

warnings.simplefilter("ignore")

TIMES = ("exp", "nbf", "iat")
NAMES = ("iss", "sub", "jti")


class Issuer:
    def __init__(self, settings, load):
        self.name = settings["issuer"]
        self.audiences = settings["audiences"]
        self.algorithms = settings["algorithms"]
        self.leeway = settings["leeway"]
        self.required = settings["required"]
        self.keys = []
        for jwk in settings["keys"]:
            algorithms = [jwk["alg"]] if "alg" in jwk else self.algorithms
            self.keys.append((jwk.get("kid"), algorithms, load(jwk)))

    def candidates(self, kid):
        """Keys with that name, and keys without one, which any name may mean; all for a token that names none."""
        if kid is None:
            return self.keys
        return [key for key in self.keys if key[0] == kid or key[0] is None]


def lenient_part(token, index):
    """A part of the token as whatever it can be read as; None where it can be read as nothing."""
    parts = token.split(b".")
    try:
        return base64.urlsafe_b64decode(parts[index] + b"=" * (-len(parts[index]) % 4))
    except (ValueError, IndexError):
        return None


def lenient_object(data):
    try:
        value = json.loads(data) if data is not None else None
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def depth(value):
    """How deep a value nests, without recursion."""
    deepest, pending = 0, [(value, 1)]
    while pending:
        item, level = pending.pop()
        if isinstance(item, (dict, list)):
            deepest = max(deepest, level)
            pending.extend((inner, level + 1) for inner in (item.values() if isinstance(item, dict) else item))
    return deepest


def facts(token, header_bytes, claims_bytes):
    """D a name stands twice in an object. E not plain UTF-8. C NaN or Infinity. N deeper than 64. T a time that is no
    number below 2^53. F a time with a fraction. A an audience that is neither a string nor strings. S another registered
    name that is no string. K a header parameter of the wrong type. X crit or b64. J not a JSON object."""
    found = set()

    def pairs(items):
        names = [name for name, _ in items]
        if len(set(names)) < len(names):
            found.add("D")
        return dict(items)

    def constant(text):
        found.add("C")
        return float(text)

    objects = []
    for data in (header_bytes, claims_bytes):
        value = None
        if data is not None:
            try:
                data.decode("utf-8")
                if data.startswith(b"\xef\xbb\xbf") or b"\0" in data:
                    found.add("E")
            except UnicodeDecodeError:
                found.add("E")
            try:
                value = json.loads(data, object_pairs_hook=pairs, parse_constant=constant)
            except (ValueError, RecursionError):
                pass
        if not isinstance(value, dict):
            found.add("J")
            value = {}
        if depth(value) > 64:
            found.add("N")
        objects.append(value)
    header, claims = objects
    for name in TIMES:
        if name in claims:
            value = claims[name]
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 2**53:
                found.add("T")
            elif value != int(value):
                found.add("F")
    if "aud" in claims:
        audience = claims["aud"]
        strings = audience if isinstance(audience, list) else [audience]
        if not all(isinstance(item, str) for item in strings):
            found.add("A")
    if any(name in claims and not isinstance(claims[name], str) for name in NAMES):
        found.add("S")
    if any(name in header and not isinstance(header[name], str) for name in ("alg", "kid", "typ")):
        found.add("K")
    if "crit" in header or "b64" in header:
        found.add("X")
    return "".join(sorted(found))


class PyJWT:
    def __init__(self):
        import jwt
        import jwt.api_jwt

        self.jwt = jwt
        judge = self

        class Clock:
            """PyJWT has no other way to be told the time."""

            @staticmethod
            def now(tz=None):
                return Clock

            @staticmethod
            def timestamp():
                return judge.now

        self.now = 0.0
        jwt.api_jwt.datetime = Clock
        self.known = set(jwt.algorithms.get_default_algorithms())

    def load(self, jwk):
        algorithm = {"oct": "HS256", "RSA": "RS256", "OKP": "EdDSA"}.get(jwk["kty"])
        return self.jwt.PyJWK(jwk, algorithm).key

    def check(self, token, key, algorithms, issuer, now):
        self.now = now
        self.jwt.decode(
            token,
            key,
            algorithms=algorithms,
            issuer=issuer.name,
            audience=issuer.audiences or None,
            leeway=issuer.leeway,
            options={"require": issuer.required, "verify_aud": bool(issuer.audiences)},
        )


class Joserfc:
    def __init__(self):
        from joserfc import jwk, jws, jwt

        self.jwk, self.jws, self.jwt = jwk, jws, jwt
        self.known = set(jws.JWSRegistry.algorithms)

    def load(self, jwk):
        return self.jwk.import_key(jwk)

    def check(self, token, key, algorithms, issuer, now):
        # RFC 7515 §4: parameters that nobody understands are ignored. Its bounds would only hide differences.
        registry = self.jws.JWSRegistry(algorithms=algorithms, strict_check_header=False)
        registry.max_header_length = registry.max_payload_length = 1 << 20
        decoded = self.jwt.decode(token, key, algorithms=algorithms, registry=registry)
        options = {name: {"essential": True} for name in issuer.required}
        options["iss"] = {"essential": True, "value": issuer.name}
        if issuer.audiences:
            options["aud"] = {"essential": True, "values": issuer.audiences}
        self.jwt.JWTClaimsRegistry(now=now, leeway=issuer.leeway, **options).validate(decoded.claims)


def judge(library, issuers, token, now, header, claims):
    name = claims.get("iss")
    issuer = issuers.get(name) if isinstance(name, str) else None
    if issuer is None:
        return "d"
    algorithm = header.get("alg")
    kid = header.get("kid")
    is_unable = False
    for _, algorithms, key in issuer.candidates(kid if isinstance(kid, str) else None):
        if isinstance(algorithm, str) and algorithm in algorithms and algorithm not in library.known:
            is_unable = True
            continue
        try:
            library.check(token, key, [name for name in algorithms if name in library.known], issuer, now)
            return "a"
        except Exception:  # Whatever it is, it is not an allow.
            continue
    return "u" if is_unable else "d"


def main():
    library = {"pyjwt": PyJWT, "joserfc": Joserfc}[sys.argv[1]]()
    with open(sys.argv[2], encoding="utf-8") as file:
        world = json.load(file)
    issuers = {settings["issuer"]: Issuer(settings, library.load) for settings in world["issuers"]}
    with open(sys.argv[3], encoding="ascii") as cases, open(sys.argv[4], "w", encoding="ascii") as verdicts:
        for line in cases:
            clock, text = line.rstrip("\n").split(" ")
            token = base64.b64decode(text)
            header_bytes, claims_bytes = lenient_part(token, 0), lenient_part(token, 1)
            header, claims = lenient_object(header_bytes), lenient_object(claims_bytes)
            verdict = judge(library, issuers, token, float(clock), header, claims)
            verdicts.write(f"{verdict} {facts(token, header_bytes, claims_bytes)}\n")


main()
