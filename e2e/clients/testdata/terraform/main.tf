# The gateway responses of an API, deployed to a stage on a host. The provider's flags are those for servers that are not AWS.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "3.39.0"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "throttled" {
  type    = string
  default = "429"
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  endpoints {
    apigateway = var.endpoint
    sts        = var.endpoint
    iam        = var.endpoint
  }
}

resource "aws_api_gateway_rest_api" "shop" {
  name        = "shop"
  description = "Our shop"
  tags        = { team = "shop" }
}

resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "pets"
}

resource "aws_api_gateway_method" "list" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.pets.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "list" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_resource.pets.id
  http_method = aws_api_gateway_method.list.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_gateway_response" "throttled" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  response_type       = "THROTTLED"
  status_code         = var.throttled
  response_parameters = { "gatewayresponse.header.Retry-After" = "'5'" }
  response_templates  = { "application/json" = "{\"message\":$context.error.messageString}" }
}

resource "aws_api_gateway_deployment" "now" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers    = { responses = sha1(jsonencode(aws_api_gateway_gateway_response.throttled)) }
  depends_on  = [aws_api_gateway_integration.list]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.now.id
  stage_name    = "prod"
  variables     = { docs = "https://docs.example.com" }
  tags          = { team = "shop" }
}

resource "aws_api_gateway_domain_name" "shop" {
  domain_name              = "shop.example.com"
  regional_certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/6e5bb7a4-0000-0000-0000-000000000000"
  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_base_path_mapping" "shop" {
  api_id      = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.prod.stage_name
  domain_name = aws_api_gateway_domain_name.shop.domain_name
  base_path   = "v1"
}

output "api" {
  value = aws_api_gateway_rest_api.shop.id
}
