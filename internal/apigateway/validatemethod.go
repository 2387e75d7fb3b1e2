// SPDX-License-Identifier: Apache-2.0

package apigateway

import "slices"

// Validate says what AWS's model refuses.
func (in CreateResourceInput) Validate() error {
	v := violations{input: "createResourceInput"}
	v.required("pathPart", in.PathPart != nil)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in UpdateResourceInput) Validate() error {
	return checkPatch("updateResourceInput", in.PatchOperations)
}

// httpMethods are the methods of a resource, in the order in which AWS names them.
var httpMethods = []string{"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY"}

// Validate says what AWS's model refuses, and a method that HTTP does not have.
func (in PutMethodInput) Validate() error {
	v := violations{input: "putMethodInput"}
	v.required("authorizationType", in.AuthorizationType != nil)
	if err := v.err(); err != nil {
		return err
	}
	if !slices.Contains(httpMethods, in.HTTPMethod) {
		return BadRequest("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY")
	}
	return nil
}

// Validate says what AWS's model refuses.
func (in UpdateMethodInput) Validate() error {
	return checkPatch("updateMethodInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in PutMethodResponseInput) Validate() error { return checkStatusCode(in.StatusCode) }

// Validate says what AWS's model refuses.
func (in GetMethodResponseInput) Validate() error { return checkStatusCode(in.StatusCode) }

// Validate says what AWS's model refuses.
func (in DeleteMethodResponseInput) Validate() error { return checkStatusCode(in.StatusCode) }

// Validate says what AWS's model refuses.
func (in UpdateMethodResponseInput) Validate() error {
	v := violations{input: "updateMethodResponseInput"}
	v.patch(in.PatchOperations)
	v.statusCode("statusCode", in.StatusCode)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in PutIntegrationInput) Validate() error {
	v := violations{input: "putIntegrationInput"}
	v.required("type", in.Type != nil)
	v.enum("type", in.Type, integrationTypes)
	v.enum("connectionType", in.ConnectionType, connectionTypes)
	v.enum("contentHandling", in.ContentHandling, contentHandlings)
	v.enum("responseTransferMode", in.ResponseTransferMode, responseTransferModes)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in UpdateIntegrationInput) Validate() error {
	return checkPatch("updateIntegrationInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in PutIntegrationResponseInput) Validate() error {
	v := violations{input: "putIntegrationResponseInput"}
	v.enum("contentHandling", in.ContentHandling, contentHandlings)
	v.statusCode("statusCode", in.StatusCode)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in GetIntegrationResponseInput) Validate() error { return checkStatusCode(in.StatusCode) }

// Validate says what AWS's model refuses.
func (in DeleteIntegrationResponseInput) Validate() error { return checkStatusCode(in.StatusCode) }

// Validate says what AWS's model refuses.
func (in UpdateIntegrationResponseInput) Validate() error {
	v := violations{input: "updateIntegrationResponseInput"}
	v.patch(in.PatchOperations)
	v.statusCode("statusCode", in.StatusCode)
	return v.err()
}

// checkStatusCode checks the status code in the path.
func checkStatusCode(value string) error {
	v := violations{}
	v.statusCode("statusCode", value)
	return v.err()
}
