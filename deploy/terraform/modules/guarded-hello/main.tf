# What both examples put behind their API: hello-world, its authorizer, and the role of both.
resource "aws_iam_role" "lambda" {
  name = "lambda-exec-role-${var.suffix}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

data "aws_partition" "current" {}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.lambda.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

locals {
  packages = coalesce(var.packages, "${path.module}/../../../../.build/dist/lambda")
}

module "hello_world" {
  source = "../function"

  name        = "hello-world-${var.suffix}"
  description = "The service that hello-${var.suffix} guards"
  package     = "${local.packages}/hello-world.zip"
  role        = aws_iam_role.lambda.arn
}

module "lambda_authorizer" {
  source = "../function"

  name        = "lambda-authorizer-${var.suffix}"
  description = "Verifies the bearer token of hello-${var.suffix}"
  package     = "${local.packages}/lambda-authorizer.zip"
  role        = aws_iam_role.lambda.arn
  environment = var.authorizer_environment
}
