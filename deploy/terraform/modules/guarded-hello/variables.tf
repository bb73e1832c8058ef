variable "suffix" {
  description = "What the names of everything end in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.suffix))
    error_message = "A suffix is up to 32 small letters, digits and dashes."
  }
}

variable "packages" {
  description = "Folder with hello-world.zip and lambda-authorizer.zip; null: where `make lambda` puts them."
  type        = string
  default     = null

  validation {
    condition     = var.packages == null ? true : length(var.packages) > 0
    error_message = "The name of a folder is not empty."
  }
}

variable "authorizer_environment" {
  description = "Environment of lambda-authorizer."
  type        = map(string)
  nullable    = false
}
