// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
)

// methodRows take what the client sent. A name below another group stands before that.
var methodRows = []Row{
	{
		Name:   "method.request.header.NAME",
		About:  "the last line of a request header, whatever the case of its name",
		Needs:  Needs{RepeatedHeaders: true},
		header: true, request: true,
		value: func(env *Env, key string) (string, bool) { return env.Facts.Request.Headers.Last(key) },
	},
	{
		Name:   "method.request.multivalueheader.NAME",
		About:  "all lines of a request header, with `,` between",
		Needs:  Needs{RepeatedHeaders: true},
		header: true, request: true,
		value: func(env *Env, key string) (string, bool) { return join(env.Facts.Request.Headers.Values(key)) },
	},
	{
		Name:  "method.request.querystring.NAME",
		About: "the last value of a query parameter, decoded",
		Needs: Needs{RequestHeaders: []string{":path"}},

		parameter: true,
		value:     lastParameter,
	},
	{
		Name:  "method.request.multivaluequerystring.NAME",
		About: "all values of a query parameter, decoded, with `,` between",
		Needs: Needs{RequestHeaders: []string{":path"}},

		parameter: true, list: true,
		value: allParameters,
	},
	{
		Name:  "method.request.path.NAME",
		About: "a parameter of the path template in `routes` that took the request, decoded; absent without one",
		value: func(env *Env, key string) (string, bool) {
			value, ok := env.PathParameters[key]
			return value, ok
		},
	},
	{
		Name:  "method.input.params.NAME",
		About: "a parameter of the path, else of the query, else the last line of a header; an old spelling that AWS's samples have, for mappings",
		Needs: Needs{RequestHeaders: []string{":path"}, RepeatedHeaders: true},

		parameter: true, orHeader: true,
		value: param,
	},
	{
		Name:  "method.request.body",
		About: "the request body; without effect, as in AWS's gateway responses",
	},
	{
		Name:  "method.request.body.NAME",
		About: "a part of the request body; without effect, as in AWS's gateway responses",
	},
}

// join puts all values into one; none is no value.
func join(values []string) (string, bool) { return strings.Join(values, ","), values != nil }

// param is the parameter called name of the path, or of the query, or the header.
func param(env *Env, name string) (string, bool) {
	if value, ok := env.PathParameters[name]; ok {
		return value, true
	}
	if value, ok := lastParameter(env, name); ok {
		return value, true
	}
	return env.Facts.Request.Headers.Last(paramHeader(name))
}

// paramHeader is the header of the request that a parameter's name means.
func paramHeader(name string) string { return facts.RequestHeaderName(chars.Lower(name)) }

// lastParameter is the last value of the query parameter called name.
func lastParameter(env *Env, name string) (string, bool) {
	values, ok := env.parameter(name)
	return string(appendDecoded(nil, values.last)), ok
}

// allParameters are all values of the query parameter called name.
func allParameters(env *Env, name string) (string, bool) {
	values, ok := env.parameter(name)
	return string(values.list), ok
}

// parameter is what the query has of a name that the document asks for.
func (env *Env) parameter(name string) (parameterValues, bool) {
	values := env.query[env.queryOf.indices[name]]
	return values, values.found
}

// readQuery takes the values of all parameters that the document asks for, once for a reply.
func (env *Env) readQuery(names *parameterNames) {
	if env.queryOf == names {
		return
	}
	target, _ := env.Facts.Request.Headers.First(":path")
	_, query, _ := strings.Cut(target, "?")
	env.query, env.queryOf = names.read(query), names
}
