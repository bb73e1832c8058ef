variable "name" {
  description = "Name of the function."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,64}$", var.name))
    error_message = "A function's name has 1 to 64 letters, digits, hyphens and underscores."
  }
}

variable "description" {
  description = "What the function is for."
  type        = string

  validation {
    condition     = length(var.description) <= 256
    error_message = "Lambda takes 256 characters."
  }
}

variable "package" {
  description = "Zip with the program, named bootstrap, in it."
  type        = string

  validation {
    condition     = fileexists(var.package)
    error_message = "The zip is not there: run `make lambda` first."
  }
}

variable "role" {
  description = "ARN of the role that the function runs under."
  type        = string

  validation {
    condition     = startswith(var.role, "arn:")
    error_message = "The whole ARN of a role."
  }
}

variable "architecture" {
  description = "x86_64 or arm64, as the program was built."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "Lambda knows x86_64 and arm64."
  }
}

variable "memory_size" {
  description = "Memory in MB."
  type        = number
  default     = 128

  validation {
    condition     = var.memory_size >= 128 && var.memory_size <= 10240
    error_message = "Lambda takes 128 to 10240 MB."
  }
}

variable "timeout" {
  description = "Seconds after which Lambda ends an invocation."
  type        = number
  default     = 10

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "Lambda takes 1 to 900 seconds."
  }
}

variable "log_retention_days" {
  description = "Days for which the logs are kept; 0 keeps them for ever."
  type        = number
  default     = 14

  validation {
    condition     = var.log_retention_days >= 0
    error_message = "A number of days, or 0."
  }
}

variable "layers" {
  description = "ARNs of layers."
  type        = list(string)
  default     = []
}

variable "environment" {
  description = "Environment of the function."
  type        = map(string)
  default     = {}
}
