# SPDX-License-Identifier: Apache-2.0
"""What programs do with gateway responses by way of boto3: every step asserts what came back."""

import json
import urllib.request

import boto3

api_gateway = boto3.client("apigateway")

api = api_gateway.create_rest_api(name="PetStore", tags={"team": "pets"})["id"]
responses = {r["responseType"]: r for r in api_gateway.get_gateway_responses(restApiId=api)["items"]}
assert len(responses) == 21 and all(r["defaultResponse"] for r in responses.values()), responses

put = api_gateway.put_gateway_response(
    restApiId=api,
    responseType="UNAUTHORIZED",
    statusCode="302",
    responseParameters={"gatewayresponse.header.Location": "'https://login.example.com/'"},
    responseTemplates={"application/json": '{"message":$context.error.messageString}'},
)
assert put["statusCode"] == "302" and put["defaultResponse"] is False, put
assert put["ResponseMetadata"]["HTTPStatusCode"] == 201, put

patched = api_gateway.update_gateway_response(
    restApiId=api,
    responseType="UNAUTHORIZED",
    patchOperations=[
        {"op": "replace", "path": "/statusCode", "value": "401"},
        {"op": "remove", "path": "/responseParameters/gatewayresponse.header.Location"},
        {"op": "add", "path": "/responseTemplates/application~1xml", "value": "<error>$context.error.message</error>"},
    ],
)
assert patched["statusCode"] == "401" and patched["responseParameters"] == {}, patched
assert sorted(patched["responseTemplates"]) == ["application/json", "application/xml"], patched
got = api_gateway.get_gateway_response(restApiId=api, responseType="UNAUTHORIZED")
for answer in patched, got:
    del answer["ResponseMetadata"]
assert got == patched, (got, patched)

# Errors are the classes of the SDK.
try:
    api_gateway.get_gateway_responses(restApiId="nothere")
    raise AssertionError("an API that is not there was found")
except api_gateway.exceptions.NotFoundException as e:
    assert e.response["Error"]["Message"] == "Invalid API identifier specified 123456789012:nothere", e.response
try:
    api_gateway.update_gateway_response(
        restApiId=api, responseType="UNAUTHORIZED", patchOperations=[{"op": "replace", "path": "/wrongPath", "value": "x"}]
    )
    raise AssertionError("a wrong path was taken")
except api_gateway.exceptions.BadRequestException as e:
    assert e.response["Error"]["Message"] == "Invalid patch path /wrongPath", e.response

# Pages.
for i in range(6):
    api_gateway.create_rest_api(name=f"more {i}")
pages = list(api_gateway.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 3}))
names = [item["name"] for page in pages for item in page["items"]]
assert len(pages) >= 3 and len(names) == len(set(names)) == 7, pages

# Deployed, and seen by whoever has a URL that was signed for this one request.
deployment = api_gateway.create_deployment(restApiId=api, stageName="prod", variables={"docs": "https://docs.example.com"})
stage = api_gateway.get_stage(restApiId=api, stageName="prod")
assert stage["deploymentId"] == deployment["id"] and stage["createdDate"].tzinfo, stage
url = api_gateway.generate_presigned_url("get_stage", {"restApiId": api, "stageName": "prod"}, ExpiresIn=60)
request = urllib.request.Request(url, headers={"Accept": "application/json"})
assert json.load(urllib.request.urlopen(request))["deploymentId"] == deployment["id"]

who = boto3.client("sts").get_caller_identity()
assert who["Arn"] == "arn:aws:iam::123456789012:user/first-key", who

api_gateway.delete_gateway_response(restApiId=api, responseType="UNAUTHORIZED")
assert api_gateway.get_gateway_response(restApiId=api, responseType="UNAUTHORIZED")["defaultResponse"] is True
api_gateway.delete_stage(restApiId=api, stageName="prod")
api_gateway.delete_rest_api(restApiId=api)
print("done")
