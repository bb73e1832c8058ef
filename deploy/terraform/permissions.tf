# API Gateway may call the two functions, each from the one place where it does.
resource "aws_lambda_permission" "hello_world" {
  statement_id  = "AllowGetHello"
  action        = "lambda:InvokeFunction"
  function_name = module.hello_world.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.hello.execution_arn}/${aws_api_gateway_stage.prod.stage_name}/GET${aws_api_gateway_resource.hello.path}"
}

resource "aws_lambda_permission" "lambda_authorizer" {
  statement_id  = "AllowAuthorizer"
  action        = "lambda:InvokeFunction"
  function_name = module.lambda_authorizer.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.hello.execution_arn}/authorizers/${aws_api_gateway_authorizer.jwt.id}"
}
