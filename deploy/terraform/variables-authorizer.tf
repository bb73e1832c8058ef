variable "authorizer_ttl" {
  description = "Seconds for which API Gateway may use the authorizer's answer to a token again; 0 asks for each request. docs/aws.md says what a longer time costs."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.authorizer_ttl >= 0 && var.authorizer_ttl <= 3600 && floor(var.authorizer_ttl) == var.authorizer_ttl
    error_message = "API Gateway takes whole numbers from 0 to 3600 seconds."
  }
}

variable "unauthorized_mode" {
  description = "What a bad token is answered with: deny (a policy that denies, API Gateway answers 403) or error (API Gateway answers 401)."
  type        = string
  default     = "deny"
  nullable    = false

  validation {
    condition     = contains(["deny", "error"], var.unauthorized_mode)
    error_message = "The modes are deny and error."
  }
}

variable "policy_expires" {
  description = "Whether an Allow ends with the token's exp (IAM's aws:EpochTime). Try it in your account before authorizer_ttl relies on it."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.policy_expires || var.authorizer_ttl > 0
    error_message = "Without authorizer_ttl no answer is used again, and none has to end."
  }
}

variable "policy_file" {
  description = "Name of the policy (`authd check --format json`) in the authorizer's zip; null: every valid token is allowed."
  type        = string
  default     = null

  validation {
    condition     = var.policy_file == null ? true : can(regex("^[A-Za-z0-9_-][A-Za-z0-9._/-]{0,199}$", var.policy_file))
    error_message = "The name of a file in the zip, such as policy.json."
  }
}
