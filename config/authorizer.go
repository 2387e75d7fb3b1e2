// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// Authorizer says where in the dynamic metadata filters leave what they know of the client: "NAMESPACE", or
// "NAMESPACE/KEY" with more keys behind, "" for nowhere.
type Authorizer struct {
	// Claims is where the claims of a verified token are.
	Claims string
	// Context is where the answer of an authorization service is.
	Context string
}

// authorizer reads where the authorizer's words are.
func (d *decoder) authorizer(at Text, document *Document) {
	begin, before := d.Ahead(), d.Errors()
	object := authorizerObject.read(d, at, &document.Authorizer) != nil
	if object && !d.Broken() && d.Errors() == before && document.Authorizer == (Authorizer{}) {
		d.Report(code.MissingKey, Error, begin, `no place is named; add "claims", e.g. "envoy.filters.http.jwt_authn/jwt_payload", or "context"`)
	}
}

// checkMetadataPlace says what is wrong with a place in the dynamic metadata.
func checkMetadataPlace(place string) *grammar.Flaw {
	switch {
	case place == "":
		return grammar.Wrong(code.BadMetadataPlace, `"" is no place in the metadata; write "NAMESPACE" or "NAMESPACE/KEY"`)
	case strings.Contains("/"+place+"/", "//"):
		return grammar.Wrong(code.BadMetadataPlace, quote.Text(place)+` has an empty part; write "NAMESPACE" or "NAMESPACE/KEY"`)
	case strings.Contains(place, "\x00"):
		return grammar.Wrong(code.BadMetadataPlace, strconv.Quote(place)+" has a NUL in it, which no name in the metadata has")
	}
	return nil
}

// checkMetadataKey says what is wrong with the place of a single value in the dynamic metadata.
func checkMetadataKey(place string) *grammar.Flaw {
	if place != "" && !strings.Contains(place, "/") {
		return grammar.Wrong(code.BadMetadataPlace, quote.Text(place)+` is only a namespace of metadata; write "`+place+`/KEY"`)
	}
	return checkMetadataPlace(place)
}
