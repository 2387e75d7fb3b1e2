// SPDX-License-Identifier: Apache-2.0

package control

import (
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
)

// onAPI refuses callers that do not have a role on an API, and inputs that break AWS's model, in this order.
func onAPI(by Caller, role auth.Role, api string, in any) error {
	if !by.Rights.MayAPI(role, api) {
		return denied(by, role, "API", api)
	}
	return validate(in)
}

// onNewAPI is onAPI for one that is about to be made. Whoever is limited to some APIs could not see the one that they make.
func onNewAPI(by Caller, id string, in any) error {
	if by.Rights.May(auth.Edit) && !by.Rights.MayAPI(auth.Edit, id) {
		return apigateway.Denied("%s may not do this: it needs the role %q on all APIs, for a new one has an id that nobody has rights on", by.Name, auth.Edit)
	}
	return onAPI(by, auth.Edit, id, in)
}

// onHost is onAPI for a domain name.
func onHost(by Caller, role auth.Role, host string, in any) error {
	if !by.Rights.MayHost(role, host) {
		return denied(by, role, "host", host)
	}
	return validate(in)
}

// anywhere is onAPI for reading what belongs to no API, such as lists.
func anywhere(by Caller, in any) error {
	if !by.Rights.May(auth.Read) {
		return apigateway.Denied("%s may not do this: it needs the role %q", by.Name, auth.Read)
	}
	return validate(in)
}

// denied says what a caller lacks. what is "API" or "host".
func denied(by Caller, role auth.Role, what, name string) error {
	return apigateway.Denied("%s may not do this: it needs the role %q on the %s %q", by.Name, role, what, name)
}

// validate checks an input against AWS's model. Inputs without rules have no Validate.
func validate(in any) error {
	if v, ok := in.(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}
