output "hello_world" {
  description = "Name and address of hello-world."
  value       = { name = module.hello_world.name, invoke_arn = module.hello_world.invoke_arn }
}

output "lambda_authorizer" {
  description = "Name and address of lambda-authorizer."
  value       = { name = module.lambda_authorizer.name, invoke_arn = module.lambda_authorizer.invoke_arn }
}
