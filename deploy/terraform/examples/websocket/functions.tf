module "functions" {
  source = "../../modules/guarded-hello"

  suffix                 = "websocket"
  packages               = var.packages
  authorizer_environment = { JWT_SECRET = var.jwt_secret }
}
