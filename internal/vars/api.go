// SPDX-License-Identifier: Apache-2.0

package vars

import "strings"

// apiRows tell which API it is.
var apiRows = []Row{
	{
		Name:  "context.accountId",
		About: "`api.accountId` of the document",
		value: func(env *Env, _ string) (string, bool) { return present(env.AccountID) },
	},
	{
		Name:  "context.apiId",
		About: "`api.id` of the document",
		value: func(env *Env, _ string) (string, bool) { return present(env.APIID) },
	},
	{
		Name:  "context.stage",
		About: "`api.stage` of the document",
		value: func(env *Env, _ string) (string, bool) { return present(env.Stage) },
	},
	{
		Name:  "context.domainName",
		About: "the host that the client asked for, without port",
		Needs: Needs{RequestHeaders: []string{":authority"}},
		value: func(env *Env, _ string) (string, bool) { return present(domainName(env)) },
	},
	{
		Name:  "context.domainPrefix",
		About: "the first label of `context.domainName`; absent when that is an IPv6 address",
		Needs: Needs{RequestHeaders: []string{":authority"}},
		value: func(env *Env, _ string) (string, bool) { return present(domainPrefix(env)) },
	},
}

// stageRows are the variables of the stage.
var stageRows = []Row{{
	Name:  "stageVariables.NAME",
	About: "`stageVariables` of the document",
	value: func(env *Env, key string) (string, bool) {
		value, ok := env.StageVariables[key]
		if !ok {
			value, ok = env.SharedVariables[key]
		}
		return value, ok
	},
}}

// domainName is the host of the request without port. An IPv6 address keeps its brackets, as in a URL.
func domainName(env *Env) string {
	authority, _ := env.Facts.Request.Headers.First(":authority")
	host, _ := splitPort(authority)
	return host
}

// domainPrefix is the first label of the host.
func domainPrefix(env *Env) string {
	host := domainName(env)
	if strings.HasPrefix(host, "[") {
		return ""
	}
	prefix, _, _ := strings.Cut(host, ".")
	return prefix
}

// splitPort splits "host:port" or "[address]:port", and reports whether there is a port.
func splitPort(text string) (host string, ok bool) {
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 || strings.HasSuffix(text, "]") {
		return text, false
	}
	return text[:colon], true
}
