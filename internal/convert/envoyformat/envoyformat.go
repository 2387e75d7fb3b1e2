// SPDX-License-Identifier: Apache-2.0

// Package envoyformat turns the formats of Envoy, in which "%" begins a command operator, into templates.
//
// Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
package envoyformat

import (
	"regexp"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// operator is "%%", or a command operator with its argument and a length.
var operator = regexp.MustCompile(`%%|%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::(\d+))?%`)

// fixed are the operators without argument, and the variables that they stand for.
var fixed = map[string]string{
	"RESPONSE_CODE":         "context.status",
	"RESPONSE_CODE_DETAILS": "context.envoy.responseCodeDetails",
	"RESPONSE_FLAGS":        "context.envoy.responseFlags",
	"ROUTE_NAME":            "context.envoy.routeName",
	"UPSTREAM_CLUSTER":      "context.envoy.clusterName",
	"UPSTREAM_CLUSTER_RAW":  "context.envoy.clusterName",
	"UPSTREAM_HOST":         "context.envoy.upstreamHost",
	"LOCAL_REPLY_BODY":      "context.envoy.body",
	"PROTOCOL":              "context.protocol",
	"START_TIME":            "context.requestTime",
	"TRACE_ID":              "context.envoy.traceId",

	"DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT": "context.identity.sourceIp",
	"REQUESTED_SERVER_NAME":                  "context.envoy.attribute.connection.requested_server_name",
}

// pseudo are the variables of pseudo-headers and of headers that a variable of its own stands for.
var pseudo = map[string]string{
	":method": "context.httpMethod", ":path": "context.envoy.originalPath", ":authority": "context.domainName",
	"x-request-id": "context.requestId", "user-agent": "context.identity.userAgent", "x-envoy-original-path": "context.envoy.originalPath",
}

// variableOf is the variable of an operator, "" when there is none.
func variableOf(name, argument string) string {
	variable := named(name, argument)
	if _, err := new(vars.Resolver).Resolve(variable); err != nil {
		return ""
	}
	return variable
}

// named is what the variable of an operator would be called.
func named(name, argument string) string {
	switch name {
	case "REQ":
		first, rest, hasOther := strings.Cut(strings.ToLower(argument), "?")
		if hasOther && pseudo[first] == "" {
			first = rest // %REQ(X-FORWARDED-PROTO?:SCHEME)%: whether the first is there is not known before
		}
		if name := pseudo[first]; name != "" {
			return name
		}
		if chars.IsToken(first) && strings.Trim(first, "abcdefghijklmnopqrstuvwxyz0123456789_-") == "" {
			return "method.request.header." + first
		}
	case "DYNAMIC_METADATA":
		if keys := strings.Split(argument, ":"); len(keys) > 1 && !strings.ContainsAny(argument, "}|/") {
			return "context.envoy.metadata." + strings.Join(keys, "/")
		}
	case "FILTER_STATE":
		if key, _, _ := strings.Cut(argument, ":"); key != "" && !strings.ContainsAny(key, "}|") {
			return "context.envoy.filterState." + key
		}
	default:
		if argument == "" || name == "START_TIME" {
			return fixed[name]
		}
	}
	return ""
}

// Template is a format as a template for bodies of a media type. lost says what of the format has no counterpart, a sentence for
// each.
func Template(format, mediaType string) (text string, lost []string) {
	return fitting(format, mediaType, "")
}

// Header is a format as a template for the value of a header, as Template is for bodies.
func Header(format, name string) (text string, lost []string) {
	if strings.Contains(format, BodyOperator) { // the body is not known when the headers go
		format = strings.ReplaceAll(format, BodyOperator, "")
		lost = append(lost, quote.Text(BodyOperator)+" has no counterpart in a header; left out")
	}
	text, more := fitting(format, "", name)
	return text, append(lost, more...)
}

// fitting is a format as a template, without variables where they are not allowed.
func fitting(format, mediaType, header string) (text string, lost []string) {
	text, lost = replace(format, mediaType)
	options := template.Options{MediaType: mediaType, Header: header, Resolve: func(string, string) (template.Kind, *template.Remark) { return template.KindText, nil }}
	_, found := template.Parse(text, options)
	for _, f := range found {
		if !f.Warning {
			// A variable where no escaping makes it safe: the text stays, the operators go.
			return Literal(operator.ReplaceAllStringFunc(format, func(op string) string {
				if op == "%%" {
					return "%"
				}
				return ""
			}), mediaType), append(lost, "its operators are left out: "+f.Message)
		}
	}
	return text, lost
}

// replace puts variables into the place of operators.
func replace(format, mediaType string) (text string, lost []string) {
	var b strings.Builder
	last := 0
	for _, m := range operator.FindAllStringSubmatchIndex(format, -1) {
		b.WriteString(Literal(format[last:m[0]], mediaType))
		last = m[1]
		written := format[m[0]:m[1]]
		if written == "%%" {
			b.WriteByte('%')
			continue
		}
		name, argument := format[m[2]:m[3]], ""
		if m[4] >= 0 {
			argument = format[m[4]:m[5]]
		}
		variable := variableOf(name, argument)
		switch {
		case variable == "":
			lost = append(lost, quote.Text(written)+" has no counterpart; left out")
			continue
		case m[6] >= 0:
			lost = append(lost, quote.Text(written)+" cuts the value, a variable does not")
		case strings.Contains(argument, "?"):
			lost = append(lost, quote.Text(written)+" names two headers, of which the variable is one")
		case name == "START_TIME":
			lost = append(lost, quote.Text(written)+" is a time in another form")
		}
		b.WriteString("${" + variable + "}")
	}
	b.WriteString(Literal(format[last:], mediaType))
	if !HasLiteral(format, mediaType) {
		lost = append(lost, "a template would take a part of the text for a variable; a character that is not seen stands behind its \"$\"")
	}
	return b.String(), lost
}

// variable is what a template would take for the beginning of a variable.
var variable = regexp.MustCompile(`\$(\{?(?:context|stageVariables|method\.request)\.)`)

// joiner is U+2060, a character of no width, behind a "$" of Go's regular expressions.
const joiner = "$$\u2060"

// HasLiteral reports whether a template without variables can say a text as it is: the media type must have a way to write "$" where
// one would begin a variable.
func HasLiteral(text, mediaType string) bool {
	return escapeOf(mediaType) != joiner || !variable.MatchString(text)
}

// Literal is a text as a template without variables. Where that cannot say it, each such "$" gets a character of no width
// behind it.
func Literal(text, mediaType string) string {
	return variable.ReplaceAllString(text, escapeOf(mediaType)+"$1")
}

// escapeOf is how a media type writes "$".
func escapeOf(mediaType string) string {
	switch {
	case template.IsJSON(mediaType):
		return `\u0024`
	case strings.Contains(mediaType, "html"), strings.Contains(mediaType, "xml"):
		return "&#36;"
	}
	return joiner
}
