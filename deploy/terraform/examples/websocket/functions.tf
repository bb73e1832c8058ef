resource "aws_iam_role" "lambda" {
  name = "lambda-exec-role-websocket"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.lambda.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

locals {
  packages = coalesce(var.packages, "${path.module}/../../../../.build/dist/lambda")
}

module "hello_world" {
  source = "../../modules/function"

  name        = "hello-world-websocket"
  description = "The service that hello-websocket guards"
  package     = "${local.packages}/hello-world.zip"
  role        = aws_iam_role.lambda.arn
}

module "lambda_authorizer" {
  source = "../../modules/function"

  name        = "lambda-authorizer-websocket"
  description = "Verifies the bearer token of hello-websocket"
  package     = "${local.packages}/lambda-authorizer.zip"
  role        = aws_iam_role.lambda.arn
  environment = { JWT_SECRET = var.jwt_secret }
}
