output "url" {
  description = "Address of GET /hello."
  value       = local.url
}

output "invoke_command" {
  description = "Calls the API with a fresh token, through the invoker."
  value       = "aws lambda invoke --region ${var.region} --function-name ${module.apigw_invoker.name} --cli-binary-format raw-in-base64-out --payload '{}' /dev/stdout"
}
