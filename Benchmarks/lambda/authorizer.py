"""A TOKEN authorizer as it is usually written for AWS Lambda, to measure lambda-authorizer against.

It does what lambda-authorizer does without a policy file: any token of the secret's holder that has not expired is
allowed, the rest is denied. It runs on AWS's own runtime client (awslambdaric) and PyJWT.
"""

import os

import jwt

SECRET = os.environ["JWT_SECRET"]


def policy(principal, effect, resource, context=None):
    answer = {
        "principalId": principal,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Action": "execute-api:Invoke", "Effect": effect, "Resource": resource}
            ],
        },
    }
    if context:
        answer["context"] = context
    return answer


def handler(event, _context):
    scheme, _, token = event.get("authorizationToken", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise jwt.InvalidTokenError("no bearer token")
        claims = jwt.decode(
            token.strip(),
            SECRET,
            algorithms=["HS256", "HS384", "HS512"],
            options={"require": ["exp"], "verify_aud": False},
        )
    except jwt.InvalidTokenError as error:
        print(f"denied: {type(error).__name__}")
        return policy("anonymous", "Deny", event["methodArn"])
    subject = str(claims.get("sub", ""))
    return policy(subject, "Allow", event["methodArn"], {"sub": subject})
