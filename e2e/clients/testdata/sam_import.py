# SPDX-License-Identifier: Apache-2.0
"""Has SAM's translator make CloudFormation of a template, imports the definition of the API in it, and prints its id: sam_import.py TEMPLATE."""

import json
import sys

import boto3
import yaml
from samtranslator.translator.transform import transform

with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml.safe_load(file)


class NoPolicies:
    def load(self):
        return {}


translated = transform(template, {}, NoPolicies())
(definition,) = [r["Properties"]["Body"] for r in translated["Resources"].values() if r["Type"] == "AWS::ApiGateway::RestApi"]
print(boto3.client("apigateway").import_rest_api(body=json.dumps(definition))["id"])
