locals {
  packages = coalesce(var.packages, "${path.module}/../../.build/dist/lambda")
}

module "hello_world" {
  source = "./modules/function"

  name               = "hello-world"
  description        = "GET /hello: the service that hello-api guards"
  package            = "${local.packages}/hello-world.zip"
  role               = aws_iam_role.lambda.arn
  architecture       = var.architecture
  memory_size        = var.memory_size
  log_retention_days = var.log_retention_days
}

module "lambda_authorizer" {
  source = "./modules/function"

  name               = "lambda-authorizer"
  description        = "Verifies the bearer token of each request to hello-api"
  package            = "${local.packages}/lambda-authorizer.zip"
  role               = aws_iam_role.lambda.arn
  architecture       = var.architecture
  memory_size        = var.memory_size
  log_retention_days = var.log_retention_days
  layers             = local.secret_layers

  environment = merge(
    local.secret_environment,
    local.previous_secret_environment,
    { UNAUTHORIZED_MODE = var.unauthorized_mode },
    var.policy_expires ? { POLICY_EXPIRY = "condition" } : {},
    var.policy_file == null ? {} : { AUTHD_POLICY = var.policy_file }
  )
}

# It needs the API's address and the API does not need it: no function but this one knows the stage.
module "apigw_invoker" {
  source = "./modules/function"

  name               = "apigw-invoker"
  description        = "Calls hello-api with a fresh token"
  package            = "${local.packages}/apigw-invoker.zip"
  role               = aws_iam_role.lambda.arn
  architecture       = var.architecture
  memory_size        = var.memory_size
  timeout            = 35
  log_retention_days = var.log_retention_days
  layers             = local.secret_layers
  environment        = merge(local.secret_environment, { API_URL = local.url })
}
