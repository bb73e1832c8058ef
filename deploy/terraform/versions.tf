terraform {
  # Validations that compare two variables came with 1.9.
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Application = "hello-api" }
  }
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
