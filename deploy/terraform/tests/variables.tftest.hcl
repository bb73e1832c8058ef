# `terraform test`: what the variables make of the plan, and what they refuse. AWS is not asked.
mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/lambda-exec-role" }
  }
}

variables {
  jwt_secret = "0123456789abcdefghijklmnopqrstuv"
}

run "demo_secret_is_named_as_weak" {
  command = plan
  variables { jwt_secret = "mysecret" }
  expect_failures = [check.jwt_secret]
}

run "repeated_letter_is_weak_however_long" {
  command = plan
  variables { jwt_secret = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
  expect_failures = [check.jwt_secret]
}

run "short_previous_secret_is_named" {
  command = plan
  variables { jwt_secret_previous = "mysecret" }
  expect_failures = [check.jwt_secret_previous]
}

run "a_stored_secret_replaces_the_given_one" {
  command = plan
  variables {
    jwt_secret              = "mysecret"
    jwt_secret_id           = "arn:aws:secretsmanager:ap-southeast-3:123456789012:secret:hello-AbCdEf"
    secrets_extension_layer = "arn:aws:lambda:ap-southeast-3:123456789012:layer:Extension:1"
  }

  assert {
    condition     = !contains(keys(local.secret_environment), "JWT_SECRET")
    error_message = "The secret is in the environment."
  }
  assert {
    condition     = local.secret_environment["JWT_SECRET_ID"] == var.jwt_secret_id
    error_message = "The functions are not told where the secret is."
  }
  assert {
    condition     = local.secret_environment["PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED"] == "false"
    error_message = "The extension keeps what the functions believe to be fresh."
  }
  assert {
    condition     = one(local.secret_layers) == var.secrets_extension_layer
    error_message = "The functions have no extension to ask."
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.secret[0].policy).Statement == [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = var.jwt_secret_id }
    ]
    error_message = "The role may read something else than the one secret."
  }
}

run "a_role_without_a_stored_secret_may_read_none" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy.secret) == 0
    error_message = "There is a policy for nothing."
  }
  assert {
    condition     = length(local.secret_layers) == 0
    error_message = "There is an extension for nothing."
  }
}

run "stored_secret_needs_the_extension" {
  command = plan
  variables { jwt_secret_parameter = "/hello-api/jwt" }
  expect_failures = [var.jwt_secret_parameter]
}

run "a_secret_has_one_place" {
  command = plan
  variables {
    jwt_secret_id           = "arn:aws:secretsmanager:ap-southeast-3:123456789012:secret:hello-AbCdEf"
    jwt_secret_parameter    = "/hello-api/jwt"
    secrets_extension_layer = "arn:aws:lambda:ap-southeast-3:123456789012:layer:Extension:1"
  }
  expect_failures = [var.jwt_secret_id]
}

run "wrong_values_are_refused" {
  command = plan
  variables {
    region             = "Jakarta"
    architecture       = "mips"
    memory_size        = 64
    authorizer_ttl     = 3601
    unauthorized_mode  = "maybe"
    log_retention_days = 2
    policy_file        = "../policy.json"
    jwt_secret_id      = "hello"
    jwt_secret_ttl     = -1
    jwt_secret_key     = "alias/hello"
    packages           = "/nowhere"
  }
  expect_failures = [
    var.region, var.architecture, var.memory_size, var.authorizer_ttl, var.unauthorized_mode, var.log_retention_days,
    var.policy_file, var.jwt_secret_id, var.jwt_secret_ttl, var.jwt_secret_key, var.packages,
  ]
}
