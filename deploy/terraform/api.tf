resource "aws_api_gateway_rest_api" "hello" {
  name        = "hello-api"
  description = "GET /hello behind lambda-authorizer"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "hello" {
  rest_api_id = aws_api_gateway_rest_api.hello.id
  parent_id   = aws_api_gateway_rest_api.hello.root_resource_id
  path_part   = "hello"
}

# A request without the header is answered with 401 by API Gateway itself; all that has one is for the authorizer.
resource "aws_api_gateway_authorizer" "jwt" {
  name                             = "lambda-authorizer"
  rest_api_id                      = aws_api_gateway_rest_api.hello.id
  type                             = "TOKEN"
  identity_source                  = "method.request.header.Authorization"
  authorizer_uri                   = module.lambda_authorizer.invoke_arn
  authorizer_result_ttl_in_seconds = var.authorizer_ttl
}

resource "aws_api_gateway_method" "get_hello" {
  rest_api_id   = aws_api_gateway_rest_api.hello.id
  resource_id   = aws_api_gateway_resource.hello.id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.jwt.id
}

resource "aws_api_gateway_integration" "hello_world" {
  rest_api_id = aws_api_gateway_rest_api.hello.id
  resource_id = aws_api_gateway_resource.hello.id
  http_method = aws_api_gateway_method.get_hello.http_method

  type = "AWS_PROXY"
  uri  = module.hello_world.invoke_arn
  # How API Gateway calls Lambda, whatever the method of the request.
  integration_http_method = "POST"
}
