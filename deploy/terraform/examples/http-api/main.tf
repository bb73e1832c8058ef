# An HTTP API in front of hello-world. The authorizer gets events of format 2.0 and answers with a simple response.
resource "aws_apigatewayv2_api" "hello" {
  name          = "hello-http"
  description   = "GET /hello behind lambda-authorizer"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  api_id                            = aws_apigatewayv2_api.hello.id
  name                              = "lambda-authorizer"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = module.functions.lambda_authorizer.invoke_arn
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  identity_sources                  = ["$request.header.Authorization"]
  # A simple response says yes or no and not to what, so it is not used for another request.
  authorizer_result_ttl_in_seconds = 0
}

resource "aws_apigatewayv2_integration" "hello_world" {
  api_id                 = aws_apigatewayv2_api.hello.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = module.functions.hello_world.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "get_hello" {
  api_id             = aws_apigatewayv2_api.hello.id
  route_key          = "GET /hello"
  target             = "integrations/${aws_apigatewayv2_integration.hello_world.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.jwt.id
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.hello.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "hello_world" {
  statement_id  = "AllowGetHello"
  action        = "lambda:InvokeFunction"
  function_name = module.functions.hello_world.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.hello.execution_arn}/*/GET/hello"
}

resource "aws_lambda_permission" "lambda_authorizer" {
  statement_id  = "AllowAuthorizer"
  action        = "lambda:InvokeFunction"
  function_name = module.functions.lambda_authorizer.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.hello.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.jwt.id}"
}

output "url" {
  description = "Address of GET /hello."
  value       = "${aws_apigatewayv2_api.hello.api_endpoint}/hello"
}
