// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"errors"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// attributeRows are ours, too: the document says which attribute of Envoy is meant.
var attributeRows = []Row{
	{
		Name:  "context.envoy.metadata.NAME",
		About: "dynamic metadata, as other filters write it: NAME is the namespace and the keys that lead to the value, with `/` between, as in `${context.envoy.metadata.com.acme.waf/rule/id}`",
		path:  metadataPath,
		value: attribute,
	},
	{
		Name:  "context.envoy.filterState.NAME",
		About: "the object of the filter state whose key is NAME, as in `${context.envoy.filterState.com.acme.tenant}`",
		path:  filterStatePath,
		value: attribute,
	},
	{
		Name:  "context.envoy.attribute.NAME",
		About: "any [attribute](https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes) that Envoy knows when the reply comes, as in `${context.envoy.attribute.connection.tls_version}`",
		path:  attributePath,
		value: attribute,
	},
}

// attribute is the text of an attribute; key is its path.
func attribute(env *Env, key string) (string, bool) { return present(env.Facts.Attributes.Text(key)) }

// metadataPath reads "NAMESPACE/KEY", with more keys behind.
func metadataPath(_ *Authorizer, key string) (string, error) {
	if !strings.Contains(key, "/") {
		return "", errors.New(quote.Text(key) + ` is only a namespace of metadata; write "${context.envoy.metadata.` + key + `/KEY}", with braces`)
	}
	if hasEmptyPiece(key, "/") {
		return "", errors.New(quote.Text(key) + ` has an empty part; write "NAMESPACE/KEY", or "NAMESPACE/KEY/KEY"`)
	}
	return facts.MetadataPath(key), nil
}

// filterStatePath takes all of key for one key.
func filterStatePath(_ *Authorizer, key string) (string, error) {
	return facts.AttributePath("filter_state", key), nil
}

// elsewhere are attributes that are not found by dots, or not any more when the reply comes, and what to write in their place.
var elsewhere = []struct{ attribute, why string }{
	{"metadata", "namespaces have dots in them; write \"${context.envoy.metadata.NAMESPACE/KEY}\""},
	{"filter_state", "keys have dots in them; write \"${context.envoy.filterState.KEY}\""},
	{"request.headers", gone + "\"${method.request.header.NAME}\""},
	{"request.host", gone + "\"$context.domainName\""},
	{"request.id", gone + "\"$context.requestId\""},
	{"request.method", gone + "\"$context.httpMethod\""},
	{"request.path", gone + "\"$context.envoy.originalPath\""},
	{"request.query", gone + "\"$method.request.querystring.NAME\""},
	{"request.referer", gone + "\"$method.request.header.referer\""},
	{"request.scheme", gone + "\"$method.request.header.x-forwarded-proto\""},
	{"request.url_path", gone + "\"$context.path\""},
	{"request.useragent", gone + "\"$context.identity.userAgent\""},
}

// gone is why what Envoy takes from the request's headers has no value.
const gone = "Envoy does not know it any more when the reply comes; write "

// attributePath reads words with dots between.
func attributePath(_ *Authorizer, key string) (string, error) {
	if hasEmptyPiece(key, ".") {
		return "", errors.New(quote.Text(key) + ` has an empty part; write single dots, e.g. "connection.tls_version"`)
	}
	for _, other := range elsewhere {
		if strings.HasPrefix(key+".", other.attribute+".") {
			return "", errors.New("attribute " + quote.Text(key) + ": " + other.why)
		}
	}
	return facts.AttributePath(strings.Split(key, ".")...), nil
}

// hasEmptyPiece reports whether nothing stands before, behind or between separators.
func hasEmptyPiece(text, separator string) bool {
	return strings.Contains(separator+text+separator, separator+separator)
}
