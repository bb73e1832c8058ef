output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "invoke_arn" {
  description = "What API Gateway is given to call the function."
  value       = aws_lambda_function.this.invoke_arn
}
