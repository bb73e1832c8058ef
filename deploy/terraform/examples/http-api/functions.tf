module "functions" {
  source = "../../modules/guarded-hello"

  suffix                 = "http"
  packages               = var.packages
  authorizer_environment = { JWT_SECRET = var.jwt_secret, AUTHORIZER_RESPONSE = "simple" }
}
