# A function from a zip that holds its own bootstrap, with a log group that does not keep everything for ever.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = var.description
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  role             = var.role
  runtime          = "provided.al2023"
  handler          = "bootstrap"
  architectures    = [var.architecture]
  memory_size      = var.memory_size
  timeout          = var.timeout
  layers           = var.layers

  dynamic "environment" {
    for_each = length(var.environment) > 0 ? ["variables"] : []
    content {
      variables = var.environment
    }
  }

  # Otherwise Lambda makes the group at the first call, and without an end.
  depends_on = [aws_cloudwatch_log_group.this]
}
