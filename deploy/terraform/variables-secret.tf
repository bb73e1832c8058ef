variable "jwt_secret" {
  description = "HMAC secret that the invoker signs with and the authorizer verifies with. It is kept in Terraform's state; jwt_secret_id and jwt_secret_parameter are not."
  type        = string
  default     = "mysecret"
  sensitive   = true
  nullable    = false

  validation {
    condition     = length(var.jwt_secret) >= 1 && length(var.jwt_secret) <= 1024
    error_message = "The secret has between 1 and 1024 characters."
  }
}

variable "jwt_secret_previous" {
  description = "Secret that is still accepted while it is being replaced; null: none."
  type        = string
  default     = null
  sensitive   = true

  validation {
    condition     = var.jwt_secret_previous == null ? true : length(var.jwt_secret_previous) >= 1 && length(var.jwt_secret_previous) <= 1024
    error_message = "The secret has between 1 and 1024 characters."
  }
}

variable "jwt_secret_id" {
  description = "ARN of a secret in Secrets Manager to read in place of jwt_secret; its current and its previous version are accepted. Needs secrets_extension_layer."
  type        = string
  default     = null

  validation {
    condition     = var.jwt_secret_id == null ? true : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.jwt_secret_id))
    error_message = "The whole ARN of the secret: the role is allowed to read this one and no other."
  }
  validation {
    condition     = var.jwt_secret_id == null || var.jwt_secret_parameter == null
    error_message = "Name a secret (jwt_secret_id) or a parameter (jwt_secret_parameter), not both."
  }
  validation {
    condition     = var.jwt_secret_id == null || var.secrets_extension_layer != null
    error_message = "Secrets Manager is read through AWS's extension: set secrets_extension_layer."
  }
}

variable "jwt_secret_parameter" {
  description = "Name of a SecureString in Parameter Store to read in place of jwt_secret. Needs secrets_extension_layer."
  type        = string
  default     = null

  validation {
    condition     = var.jwt_secret_parameter == null ? true : can(regex("^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", var.jwt_secret_parameter))
    error_message = "The name of a parameter, such as /hello-api/jwt."
  }
  validation {
    condition     = var.jwt_secret_parameter == null || var.secrets_extension_layer != null
    error_message = "Parameter Store is read through AWS's extension: set secrets_extension_layer."
  }
}

variable "jwt_secret_ttl" {
  description = "Seconds after which a secret from Secrets Manager or Parameter Store is read again."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.jwt_secret_ttl >= 1 && var.jwt_secret_ttl <= 3600 && floor(var.jwt_secret_ttl) == var.jwt_secret_ttl
    error_message = "Whole numbers from 1 to 3600 seconds."
  }
}

variable "jwt_secret_key" {
  description = "ARN of the customer managed KMS key that encrypts the secret or parameter; null: AWS's own key."
  type        = string
  default     = null

  validation {
    condition     = var.jwt_secret_key == null ? true : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.jwt_secret_key))
    error_message = "The whole ARN of a KMS key."
  }
}

variable "secrets_extension_layer" {
  description = "ARN, with its version, of the layer \"AWS Parameters and Secrets Lambda Extension\" for this region and architecture."
  type        = string
  default     = null

  validation {
    condition     = var.secrets_extension_layer == null ? true : can(regex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:layer:.+:[0-9]+$", var.secrets_extension_layer))
    error_message = "The whole ARN of a layer's version."
  }
}
