// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lint"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/store"
)

// BaseDocument is what the document of a gateway says besides the routes of stages: any key but "revision".
type BaseDocument struct {
	// Text is JSON or YAML, as it was written.
	Text string `json:"text"`
	// Findings are warnings, and what is right and unwise all the same. Reads leave them out.
	Findings finding.List `json:"-"`
	// ETag is the version of the record, "0" while nothing was written.
	ETag string `json:"-" etag:""`
}

// baseName is what messages call the base document of a gateway.
func baseName(gateway string) string { return "base document of " + gateway }

// source is a base document as package source reads it. Its findings name it as files have it.
func (b BaseDocument) source(gateway string) (*source.Document, finding.List) {
	name := gateway + "/base.json"
	if !source.IsJSON("", []byte(b.Text)) {
		name = gateway + "/base.yaml"
	}
	return source.Read(name, []byte(b.Text))
}

// checked is a base document that compiles, and what was found before it was compiled.
func (b BaseDocument) checked(gateway string) (check.Checked, finding.List, error) {
	document, found := b.source(gateway)
	if document == nil {
		return check.Checked{}, found, &Problem{Gateway: gateway, Findings: found}
	}
	checked := check.Read(document)
	if checked.Program == nil {
		return checked, found, &Problem{Gateway: gateway, Findings: slices.Concat(found, lint.Check(checked))}
	}
	return checked, found, nil
}

// storedBase is the base document of a gateway, {} while nothing was written.
func storedBase(r store.Reader, gateway string) (b BaseDocument, err error) {
	version, err := get(r, baseKey(gateway), &b)
	if errors.Is(err, store.ErrNotFound) {
		b.Text, err = nothing, nil
	}
	b.ETag = etagOf(version)
	return b, err
}

// readBase reads the base document of a gateway, nil for none.
func readBase(r store.Reader, gateway string) (*source.Document, error) {
	var b BaseDocument
	_, err := get(r, baseKey(gateway), &b)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	document, found := b.source(gateway)
	if document == nil {
		return nil, &Problem{Gateway: gateway, Findings: found}
	}
	return document, nil
}

// Base gives the base document of a gateway, {} while nothing was written.
func (c *Control) Base(ctx context.Context, by Caller, gateway string) (b BaseDocument, err error) {
	if err := onGateways(by, auth.Read); err != nil {
		return b, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupGateway(r, gateway); err != nil {
			return err
		}
		b, err = storedBase(r, gateway)
		return err
	})
	return b, err
}

// PutBase changes the base document of a gateway, JSON or YAML. One that does not compile, alone or with the stages, is a Problem. What
// comes back has the findings of gwr lint.
func (c *Control) PutBase(ctx context.Context, by Caller, gateway, text string) (BaseDocument, error) {
	if err := onGateways(by, auth.Admin); err != nil {
		return BaseDocument{}, err
	}
	b, err := checkedBase(gateway, text)
	if err != nil {
		return BaseDocument{}, err
	}
	err = c.change(ctx, by, "PutBase", func(t *change) error {
		if err := c.baseChangeable(t, by, gateway); err != nil {
			return err
		}
		return c.putBase(t, by, gateway, &b)
	})
	return b, err
}

// checkedBase is a base document that compiles alone, with what lint finds.
func checkedBase(gateway, text string) (BaseDocument, error) {
	b := BaseDocument{Text: text}
	if text == "" {
		return b, apigateway.BadRequest("the base document is empty; the smallest is {}")
	}
	checked, found, err := b.checked(gateway)
	if err == nil {
		b.Findings = slices.Concat(found, lint.Check(checked))
	}
	return b, err
}

// baseChangeable refuses to change the base document of gateways that are not there, and of those that files say, and over what somebody else
// has made of it.
func (c *Control) baseChangeable(t *change, by Caller, gateway string) error {
	if _, err := lookupGateway(t, gateway); err != nil {
		return err
	}
	if err := t.writable(gateway); err != nil {
		return err
	}
	return c.match(t, by, baseKey(gateway))
}

// putBase writes a base document, and what the gateway's document becomes by that.
func (c *Control) putBase(t *change, by Caller, gateway string, b *BaseDocument) (err error) {
	if err := t.put(baseKey(gateway), "", b); err != nil {
		return err
	}
	if b.ETag, err = currentETag(t, baseKey(gateway)); err != nil {
		return err
	}
	return c.release(t, by, "PutBase "+gateway, gateway)
}
