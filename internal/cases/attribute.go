// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"encoding/json"
	"fmt"
	"strings"

	"gatewayresponses/internal/facts"
)

// Attribute is an attribute that a case gives, as the filter that would write it knows it.
type Attribute struct {
	// Kind is "metadata", "filterState" or "attribute".
	Kind string
	// Name is the place in the metadata ("NAMESPACE/KEY"), the key of the filter state, or the attribute with its dots.
	Name string
	// Value is a string, a float64 or a bool.
	Value any
}

// readAttributes reads lines "KIND NAME: JSON".
func (c *Case) readAttributes(text string) error {
	for line := range strings.Lines(text) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		name, value, ok := strings.Cut(rest, ": ")
		if !ok {
			return fmt.Errorf("line %q is not an attribute; write e.g. \"metadata acme.waf/rule: 42\"", line)
		}
		attribute := Attribute{Kind: kind, Name: name}
		if err := json.Unmarshal([]byte(value), &attribute.Value); err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
		if err := c.take(attribute); err != nil {
			return fmt.Errorf("line %q: %w", line, err)
		}
	}
	return nil
}

// take adds an attribute to the facts.
func (c *Case) take(attribute Attribute) error {
	paths := map[string]string{
		"metadata":    facts.MetadataPath(attribute.Name),
		"filterState": facts.AttributePath("filter_state", attribute.Name),
		"attribute":   facts.AttributePath(strings.Split(attribute.Name, ".")...),
	}
	path, ok := paths[attribute.Kind]
	if !ok {
		return fmt.Errorf("%q is no kind of attribute; write \"metadata\", \"filterState\" or \"attribute\"", attribute.Kind)
	}
	raw, err := attribute.raw()
	if err != nil {
		return err
	}
	c.Attributes = append(c.Attributes, attribute)
	c.addAttribute(path, raw)
	return nil
}

// raw is the value as Envoy hands it out.
func (a Attribute) raw() (string, error) {
	switch value := a.Value.(type) {
	case string:
		return value, nil
	case float64:
		return facts.Number(value), nil
	case bool:
		return facts.Boolean(value), nil
	}
	return "", fmt.Errorf("the value is a %T; write a string, a number, true or false", a.Value)
}

// addAttribute adds an attribute as Envoy hands it out.
func (c *Case) addAttribute(path, value string) {
	if c.Facts.Attributes == nil {
		c.Facts.Attributes = facts.Attributes{}
	}
	c.Facts.Attributes[path] = value
}

// readRouteMetadata reads members "NAMESPACE.KEY=VALUE".
func (c *Case) readRouteMetadata(text string) error {
	for member := range strings.FieldsSeq(text) {
		keys, value, ok := strings.Cut(member, "=")
		if !ok || !strings.Contains(keys, ".") || value == "" {
			return fmt.Errorf("%q is not route metadata; write e.g. \"istio.config=shop\"", member)
		}
		c.addAttribute(facts.RouteMetadataPath(strings.Split(keys, ".")...), value)
	}
	return nil
}
