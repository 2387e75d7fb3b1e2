// SPDX-License-Identifier: Apache-2.0

// Package formats knows all formats that documents are imported from.
package formats

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/awscli"
	"gatewayresponses/internal/convert/cloudformation"
	"gatewayresponses/internal/convert/envoygateway"
	"gatewayresponses/internal/convert/ingressnginx"
	"gatewayresponses/internal/convert/localreply"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/sam"
	"gatewayresponses/internal/convert/terraform"
)

// All are the formats, in the order in which they are tried: those whose sources may hold sources of others come first.
func All() []convert.Format {
	return []convert.Format{
		sam.Format,
		cloudformation.Format,
		terraform.Format,
		openapi.Format,
		awscli.Format,
		ingressnginx.Format,
		envoygateway.Format,
		localreply.Format,
	}
}

// Find is the format of a source: the one called name, or without a name the first one that recognises it.
func Find(name string, source *convert.Source) (convert.Format, error) {
	for _, format := range All() {
		if name == format.Name || name == "" && format.Recognise(source) {
			return format, nil
		}
	}
	if name != "" {
		return convert.Format{}, convert.Misuse(fmt.Errorf("there is no format %q; want one of %s", name, strings.Join(Names(), ", ")))
	}
	return convert.Format{}, fmt.Errorf("%s: no known format is in it (%s); name one with --from", source.Name, strings.Join(Names(), ", "))
}

// Names are the names of all formats.
func Names() []string {
	var names []string
	for _, format := range All() {
		names = append(names, format.Name)
	}
	return names
}
