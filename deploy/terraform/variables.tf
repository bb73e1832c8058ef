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
  description = "Folder with hello-world.zip, lambda-authorizer.zip and apigw-invoker.zip; null: where `make lambda` puts them."
  type        = string
  default     = null

  validation {
    condition = var.packages == null ? true : alltrue([
      for name in ["hello-world", "lambda-authorizer", "apigw-invoker"] : fileexists("${var.packages}/${name}.zip")
    ])
    error_message = "hello-world.zip, lambda-authorizer.zip and apigw-invoker.zip must be in this folder."
  }
}

variable "architecture" {
  description = "Processor that the zips were built for: x86_64, or arm64."
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "Lambda knows x86_64 and arm64."
  }
}

variable "memory_size" {
  description = "Memory of each function in MB. A function gets its share of a processor by it."
  type        = number
  default     = 128
  nullable    = false

  validation {
    condition     = var.memory_size >= 128 && var.memory_size <= 10240 && floor(var.memory_size) == var.memory_size
    error_message = "Lambda takes whole numbers from 128 to 10240 MB."
  }
}

variable "log_retention_days" {
  description = "Days for which CloudWatch keeps the functions' logs; 0 keeps them for ever."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch takes 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days."
  }
}
