// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// extension begins the names of AWS's extensions.
const extension = "x-amazon-apigateway-"

// maxSteps bounds how many values are looked at: with $ref, a short definition can name the same ones again and again.
const maxSteps = 1 << 20

// errTooMuch is for a definition that is too large once every $ref is followed.
var errTooMuch = fmt.Errorf("the definition is too large: its paths have more than %d parameters, replies and headers, each counted as often as a $ref names it", maxSteps)

// Found is what was found beside the definition. Each begins with its place: "definition:3:5: ".
type Found struct {
	// Warnings say what was dropped.
	Warnings []string
	// Errors say what AWS refuses.
	Errors []string
}

// Read reads a definition. The error says why it cannot be read at all.
func Read(text []byte, base BasePath) (Definition, Found, error) {
	if len(text) > MaxSize {
		return Definition{}, Found{}, fmt.Errorf("the definition has %d bytes, and %d at most", len(text), MaxSize)
	}
	file, err := tree.Read("definition", text)
	if err != nil {
		return Definition{}, Found{}, err
	}
	if len(file.Documents) != 1 {
		return Definition{}, Found{}, fmt.Errorf("a definition is one document, and there are %d", len(file.Documents))
	}
	root := file.Documents[0]
	if err := checkVersion(root); err != nil {
		return Definition{}, Found{}, err
	}
	r := &reader{root: root, steps: maxSteps, paths: map[string]tree.Place{}}
	r.made.Resources = map[string]Methods{}
	r.info()
	r.settings()
	r.responses()
	r.resources(basePath(root, base))
	r.rest()
	if r.steps < 0 {
		return Definition{}, Found{}, errTooMuch
	}
	return r.made, r.found, nil
}

// checkVersion says what a text is if it is no definition.
func checkVersion(root *tree.Node) error {
	version, isSwagger := root.Get("openapi").Scalar()
	if root.Get("openapi") == nil {
		version, isSwagger = root.Get("swagger").Scalar()
	}
	switch {
	case root.Get("openapi") != nil && strings.HasPrefix(version, "3."):
		return nil
	case isSwagger && (version == "2.0" || version == "2"):
		return nil
	case version != "":
		return fmt.Errorf("%s: version %s is neither 2.0 nor 3.0 nor 3.1", root.Place.Finding(), quote.Text(version))
	}
	return errors.New(`this is no definition of an API: it has neither "openapi" nor "swagger" at its root`)
}

// reader reads one definition.
type reader struct {
	root  *tree.Node
	made  Definition
	found Found
	// steps is how many values may still be looked at.
	steps int
	// paths are where the resources that were read stand.
	paths map[string]tree.Place
	// models reports that something names a schema.
	models bool
	// untoldWarnings and untoldErrors are how many messages there are beyond maxTold.
	untoldWarnings, untoldErrors int
}

// step reports whether one more value may be looked at.
func (r *reader) step() bool {
	r.steps--
	return r.steps >= 0
}

func (r *reader) warn(at tree.Place, format string, args ...any) {
	tell(&r.found.Warnings, &r.untoldWarnings, at, format, args)
}

func (r *reader) fail(at tree.Place, format string, args ...any) {
	tell(&r.found.Errors, &r.untoldErrors, at, format, args)
}

// tell adds a message. The last of too many says how many there are.
func tell(messages *[]string, untold *int, at tree.Place, format string, args []any) {
	if len(*messages) < maxTold {
		*messages = append(*messages, at.Finding().String()+": "+fmt.Sprintf(format, args...))
		return
	}
	*untold++
	(*messages)[maxTold-1] = "and " + strconv.Itoa(*untold+1) + " more"
}

// resolve follows a $ref. One that leads nowhere, to another file, or in a circle is told, and what stands beside it counts.
func (r *reader) resolve(n *tree.Node) *tree.Node {
	to := openapi.Resolve(r.root, n)
	if ref := n.Get("$ref"); ref != nil && (to == nil || to.Get("$ref") != nil) {
		r.warn(ref.Place, "$ref %s is dropped: it leads to nothing in this file", quote.Text(ref.Value()))
	}
	return to
}

// text is the value of a member that is a string.
func (r *reader) text(n *tree.Node, what string) string {
	text, ok := n.Scalar()
	if !ok && n != nil && n.Kind != tree.Null {
		r.warn(n.Place, "%s is dropped: it is %s, and a string is wanted", quote.Text(what), n.Kind)
	}
	return text
}

// texts are the members of an object that are strings.
func (r *reader) texts(n *tree.Node, what string) map[string]string {
	if n == nil || n.Kind == tree.Null {
		return nil
	}
	if n.Kind != tree.Object {
		r.warn(n.Place, "%s is dropped: it is %s, and a map is wanted", quote.Text(what), n.Kind)
		return nil
	}
	made := map[string]string{}
	members, _ := n.Last()
	for _, m := range members {
		if !r.step() {
			return nil
		}
		if m.Value.Is(tree.Null) {
			made[m.Key] = ""
			continue
		}
		made[m.Key] = r.text(m.Value, what+"."+m.Key)
	}
	return made
}

func (r *reader) info() {
	info := r.root.Get("info")
	r.made.Name = r.text(info.Get("title"), "info.title")
	r.made.Description = r.text(info.Get("description"), "info.description")
	r.made.Version = r.text(info.Get("version"), "info.version")
	if r.made.Name == "" {
		r.fail(r.root.Place, "info.title is missing: it is the name of the API")
	}
}

// settings reads the extensions at the root that are settings of an API.
func (r *reader) settings() {
	for _, n := range r.root.Get(extension + "binary-media-types").List() {
		r.made.BinaryMediaTypes = append(r.made.BinaryMediaTypes, r.text(n, extension+"binary-media-types"))
	}
	if n := r.root.Get(extension + "minimum-compression-size"); n != nil {
		if size, err := strconv.Atoi(r.text(n, extension+"minimum-compression-size")); err == nil {
			r.made.MinimumCompressionSize = &size
		}
	}
	r.made.APIKeySource = strings.ToUpper(r.text(r.root.Get(extension+"api-key-source"), extension+"api-key-source"))
	if policy := r.root.Get(extension + "policy"); policy != nil && policy.Kind != tree.Null {
		value, _ := object.Of(policy)
		r.made.Policy = string(object.Line(value))
	}
	r.endpoint(r.root.Get(extension + "endpoint-configuration"))
	for _, server := range r.root.Get("servers").List() {
		r.endpoint(server.Get(extension + "endpoint-configuration"))
	}
}

// endpoint reads an endpoint configuration.
func (r *reader) endpoint(n *tree.Node) {
	if off := n.Get("disableExecuteApiEndpoint"); off != nil {
		disabled := off.True()
		r.made.DisableExecuteAPIEndpoint = &disabled
	}
	for _, id := range n.Get("vpcEndpointIds").List() {
		r.made.VPCEndpointIDs = append(r.made.VPCEndpointIDs, r.text(id, "vpcEndpointIds"))
	}
}

// known are the keys of the root that are read, or that mean nothing to API Gateway.
var known = map[string]bool{
	"openapi": true, "swagger": true, "info": true, "paths": true, "servers": true, "host": true, "basePath": true, "schemes": true,
	"tags": true, "externalDocs": true, "consumes": true, "produces": true, "parameters": true, "responses": true,
	"securityDefinitions": true, "definitions": true, "components": true, "jsonSchemaDialect": true,
	openapi.Extension: true, extension + "binary-media-types": true, extension + "minimum-compression-size": true,
	extension + "api-key-source": true, extension + "policy": true, extension + "endpoint-configuration": true,
	extension + "request-validator": true, extension + "request-validators": true, extension + "importexport-version": true,
}

// rest warns of what is dropped at the root.
func (r *reader) rest() {
	members, repeated := r.root.Last()
	for _, m := range repeated {
		r.warn(m.Place, "%s stands twice; the last one counts", quote.Text(m.Key))
	}
	for _, m := range members {
		switch {
		case m.Key == "security":
			r.warn(m.Place, "security at the root is dropped, as on AWS: it counts in operations only")
		case known[m.Key], strings.HasPrefix(m.Key, "x-") && !strings.HasPrefix(m.Key, extension):
		default:
			r.warn(m.Place, "%s is dropped: nothing here does what it says", quote.Text(m.Key))
		}
	}
	schemas := r.root.Get("components").Member("schemas")
	if schemas == nil {
		schemas = r.root.Member("definitions")
	}
	switch {
	case schemas != nil:
		r.warn(schemas.Place, "schemas are dropped: nothing here reads bodies")
	case r.models:
		r.warn(r.root.Place, "schemas are dropped: nothing here reads bodies")
	}
}
