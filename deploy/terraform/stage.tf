# A deployment is a snapshot of the API: what a request can meet is in the triggers, so that a change deploys again. Whole
# resources would not do: the provider reads some of their unset attributes back as empty ones, which is no change.
resource "aws_api_gateway_deployment" "hello" {
  rest_api_id = aws_api_gateway_rest_api.hello.id

  triggers = {
    redeployment = sha256(jsonencode({
      path = aws_api_gateway_resource.hello.path
      authorizer = [
        aws_api_gateway_authorizer.jwt.id,
        aws_api_gateway_authorizer.jwt.type,
        aws_api_gateway_authorizer.jwt.identity_source,
        aws_api_gateway_authorizer.jwt.authorizer_uri,
        aws_api_gateway_authorizer.jwt.authorizer_result_ttl_in_seconds,
      ]
      method = [
        aws_api_gateway_method.get_hello.id,
        aws_api_gateway_method.get_hello.authorization,
        aws_api_gateway_method.get_hello.authorizer_id,
      ]
      integration = [
        aws_api_gateway_integration.hello_world.id,
        aws_api_gateway_integration.hello_world.type,
        aws_api_gateway_integration.hello_world.uri,
      ]
    }))
  }

  # The stage moves to the new deployment before the old one goes.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.hello.id
  deployment_id = aws_api_gateway_deployment.hello.id
  stage_name    = "prod"
}

locals {
  url = "${aws_api_gateway_stage.prod.invoke_url}${aws_api_gateway_resource.hello.path}"
}
