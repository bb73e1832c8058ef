# A WebSocket API: the token is verified once, when a client connects. Its messages go to hello-world.
resource "aws_apigatewayv2_api" "hello" {
  name                       = "hello-websocket"
  description                = "A WebSocket behind lambda-authorizer"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  api_id           = aws_apigatewayv2_api.hello.id
  name             = "lambda-authorizer"
  authorizer_type  = "REQUEST"
  authorizer_uri   = module.functions.lambda_authorizer.invoke_arn
  identity_sources = ["route.request.header.Authorization"]
}

resource "aws_apigatewayv2_integration" "hello_world" {
  api_id             = aws_apigatewayv2_api.hello.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  integration_uri    = module.functions.hello_world.invoke_arn
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.hello.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.hello_world.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.jwt.id
}

# Only $connect can have an authorizer: what comes after it belongs to a client that passed.
resource "aws_apigatewayv2_route" "message" {
  api_id                              = aws_apigatewayv2_api.hello.id
  route_key                           = "$default"
  target                              = "integrations/${aws_apigatewayv2_integration.hello_world.id}"
  route_response_selection_expression = "$default"
}

resource "aws_apigatewayv2_route_response" "message" {
  api_id             = aws_apigatewayv2_api.hello.id
  route_id           = aws_apigatewayv2_route.message.id
  route_response_key = "$default"
}

resource "aws_apigatewayv2_stage" "prod" {
  api_id      = aws_apigatewayv2_api.hello.id
  name        = "prod"
  auto_deploy = true
}

resource "aws_lambda_permission" "hello_world" {
  statement_id  = "AllowRoutes"
  action        = "lambda:InvokeFunction"
  function_name = module.functions.hello_world.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.hello.execution_arn}/*/*"
}

resource "aws_lambda_permission" "lambda_authorizer" {
  statement_id  = "AllowAuthorizer"
  action        = "lambda:InvokeFunction"
  function_name = module.functions.lambda_authorizer.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.hello.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.jwt.id}"
}

output "url" {
  description = "Address to open the WebSocket at."
  value       = aws_apigatewayv2_stage.prod.invoke_url
}
