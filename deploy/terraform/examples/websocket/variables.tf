variable "region" {
  description = "AWS region in which everything is made."
  type        = string
  default     = "ap-southeast-3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "A region is written as ap-southeast-3."
  }
}

variable "packages" {
  description = "Folder with hello-world.zip and lambda-authorizer.zip; null: where `make lambda` puts them."
  type        = string
  default     = null

  validation {
    condition = var.packages == null ? true : alltrue([
      for name in ["hello-world", "lambda-authorizer"] : fileexists("${var.packages}/${name}.zip")
    ])
    error_message = "hello-world.zip and lambda-authorizer.zip must be in this folder."
  }
}

variable "jwt_secret" {
  description = "HMAC secret of the tokens. It is kept in Terraform's state."
  type        = string
  sensitive   = true
  nullable    = false

  validation {
    condition     = length(var.jwt_secret) >= 32 && length(var.jwt_secret) <= 1024
    error_message = "The secret has between 32 and 1024 characters: `authd secret generate` prints a good one."
  }
}
