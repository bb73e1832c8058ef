# A weak secret works, for a demo, and is never silent. 32 bytes is what HS256 asks for (RFC 7518, 3.2).
check "jwt_secret" {
  assert {
    condition     = local.secret_is_stored || (length(var.jwt_secret) >= 32 && length(distinct(split("", var.jwt_secret))) >= 10)
    error_message = "jwt_secret is weak, and who guesses it can make tokens: set it to what `authd secret generate` prints."
  }
}

check "jwt_secret_previous" {
  assert {
    condition     = local.has_previous_secret ? length(var.jwt_secret_previous) >= 32 : true
    error_message = "jwt_secret_previous is weak: remove it as soon as nobody signs with it."
  }
}
