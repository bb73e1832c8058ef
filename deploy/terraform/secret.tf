# Where the functions find the secret: in their environment, or in a store that they read through AWS's extension.
locals {
  secret_is_stored = var.jwt_secret_id != null || var.jwt_secret_parameter != null

  parameter_arn = var.jwt_secret_parameter == null ? null : format(
    "arn:%s:ssm:%s:%s:parameter/%s",
    data.aws_partition.current.partition,
    var.region,
    data.aws_caller_identity.current.account_id,
    trimprefix(var.jwt_secret_parameter, "/")
  )

  secret_in_manager   = var.jwt_secret_id == null ? {} : { JWT_SECRET_ID = var.jwt_secret_id }
  secret_in_parameter = var.jwt_secret_parameter == null ? {} : { JWT_SECRET_PARAMETER = var.jwt_secret_parameter }
  # The functions keep what they read, and know when to look again; a second cache would only add its age.
  secret_reading = {
    JWT_SECRET_TTL                             = tostring(var.jwt_secret_ttl)
    PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED = "false"
  }
  stored_secret = merge(local.secret_in_manager, local.secret_in_parameter, local.secret_reading)

  has_previous_secret         = !local.secret_is_stored && nonsensitive(var.jwt_secret_previous != null)
  previous_secret_environment = local.has_previous_secret ? { JWT_SECRET_PREVIOUS = var.jwt_secret_previous } : {}

  secret_environment = local.secret_is_stored ? local.stored_secret : { JWT_SECRET = var.jwt_secret }
  secret_layers      = local.secret_is_stored ? [var.secrets_extension_layer] : []
}

resource "aws_iam_role_policy" "secret" {
  count = local.secret_is_stored ? 1 : 0

  name = "read-jwt-secret"
  role = aws_iam_role.lambda.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      var.jwt_secret_id == null ? [] : [{
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = var.jwt_secret_id
      }],
      var.jwt_secret_parameter == null ? [] : [{
        Effect   = "Allow"
        Action   = "ssm:GetParameter"
        Resource = local.parameter_arn
      }],
      var.jwt_secret_key == null ? [] : [{
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.jwt_secret_key
      }]
    )
  })
}
