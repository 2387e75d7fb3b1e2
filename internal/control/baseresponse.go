// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"maps"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/entries"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lint"
	"gatewayresponses/internal/store"
)

// BaseResponses are what a base document answers, outside of its routes and of those of stages.
type BaseResponses struct {
	Items []entries.Answer
	// Settings are the keys of the document that an entry may depend on, as JSON.
	Settings []byte
	// ETag is the version of the base document.
	ETag string
}

// BaseResponses lists what the base document of a gateway answers for each type, its own types included.
func (c *Control) BaseResponses(ctx context.Context, by Caller, gateway string) (all BaseResponses, err error) {
	b, err := c.Base(ctx, by, gateway)
	if err != nil {
		return all, err
	}
	checked, _, err := b.checked(gateway)
	if err != nil {
		return all, err
	}
	settings, err := entries.Settings(checked)
	if err != nil {
		return all, err
	}
	all.ETag, all.Settings = b.ETag, object.Line(settings)
	all.Items, err = entries.List(checked)
	return all, err
}

// BaseResponse is BaseResponses for one type. A type of one's own that has no entry does not exist.
func (c *Control) BaseResponse(ctx context.Context, by Caller, gateway, responseType string) (all BaseResponses, err error) {
	t, err := baseType(responseType)
	if err != nil {
		return all, err
	}
	if all, err = c.BaseResponses(ctx, by, gateway); err != nil {
		return all, err
	}
	at := slices.IndexFunc(all.Items, func(a entries.Answer) bool { return a.Type == t })
	if at < 0 {
		return all, apigateway.NotFound("the base document of %s has no type %s; a type of one's own exists when there is an entry for it", gateway, t)
	}
	all.Items = all.Items[at : at+1]
	return all, nil
}

// baseType is a type as documents name it, one of one's own included.
func baseType(name string) (config.ResponseType, error) {
	if t, known := config.ParseResponseType(name); known {
		return t, nil
	}
	if t := config.ResponseType(name); t.IsOwn() {
		return t, nil
	}
	return "", apigateway.BadRequest("there is no gateway response type %q; a type of one's own begins with X_", name)
}

// BaseResponseInput is an entry of a base document, as a whole.
type BaseResponseInput struct {
	Type string
	entries.Parts
	// Rule is a rule that leads to the type, nil for none. It comes behind those that are there.
	Rule *NewRule
}

// NewRule is a rule that is to be.
type NewRule struct {
	Name, Message string
	// When holds the conditions, a JSON object.
	When string
}

// PutBaseResponse gives the base document of a gateway an entry. What else the document says stays as it was written. One that does not compile
// then is a Problem.
func (c *Control) PutBaseResponse(ctx context.Context, by Caller, gateway string, in BaseResponseInput) (BaseDocument, error) {
	return c.changeBaseText(ctx, by, "PutBaseResponse", gateway, in.Type, func(name, text, key string, t config.ResponseType) (string, error) {
		text, err := entries.Set(name, text, key, in.Parts)
		if err != nil || in.Rule == nil {
			return text, err
		}
		return entries.AddRule(name, text, in.Rule.Name, in.Rule.Message, in.Rule.When, t)
	})
}

// DeleteBaseResponse takes an entry out of the base document of a gateway.
func (c *Control) DeleteBaseResponse(ctx context.Context, by Caller, gateway, responseType string) (BaseDocument, error) {
	return c.changeBaseText(ctx, by, "DeleteBaseResponse", gateway, responseType, func(name, text, key string, _ config.ResponseType) (string, error) {
		return entries.Remove(name, text, key)
	})
}

// changeBaseText changes the text of a base document by its entry of a type.
func (c *Control) changeBaseText(ctx context.Context, by Caller, action, gateway, responseType string,
	changed func(name, text, key string, t config.ResponseType) (string, error),
) (b BaseDocument, err error) {
	if err := onGateways(by, auth.Admin); err != nil {
		return b, err
	}
	t, err := baseType(responseType)
	if err != nil {
		return b, err
	}
	var after check.Checked
	var found finding.List
	err = c.change(ctx, by, action, func(w *change) error {
		if err := c.baseChangeable(w, by, gateway); err != nil {
			return err
		}
		before, err := storedBase(w, gateway)
		if err != nil {
			return err
		}
		checked, _, err := before.checked(gateway)
		if err != nil {
			return err
		}
		text, err := changed(baseName(gateway), before.Text, entries.KeyOf(checked, t), t)
		if err != nil {
			return apigateway.BadRequest("%s", err)
		}
		b = BaseDocument{Text: text}
		if after, found, err = b.checked(gateway); err != nil {
			return err
		}
		return c.putBase(w, by, gateway, &b)
	})
	if err != nil {
		return b, err
	}
	b.Findings = slices.Concat(found, lint.Check(after)) // which takes long for a large document, and others wait for the transaction
	return b, nil
}

// DraftBase gives the document that a gateway would have if its base document had some entries. Nothing is changed, and what does not compile is
// not a Problem yet.
func (c *Control) DraftBase(ctx context.Context, by Caller, gateway string, over map[string]entries.Parts) (text []byte, err error) {
	if err := onGateways(by, auth.Read); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		in, err := c.inputOf(r, gateway)
		if err != nil {
			return err
		}
		b, err := storedBase(r, gateway)
		if err != nil {
			return err
		}
		if b, err = b.with(gateway, over); err != nil {
			return err
		}
		base, found := b.source(gateway)
		if base == nil {
			return &Problem{Gateway: gateway, Findings: found}
		}
		in.Base = base
		document, err := documentOf(in)
		if err == nil {
			text = document.Text
		}
		return err
	})
	return text, err
}

// with is a base document with some entries.
func (b BaseDocument) with(gateway string, over map[string]entries.Parts) (BaseDocument, error) {
	checked, _, err := b.checked(gateway)
	if err != nil {
		return b, err
	}
	for _, name := range slices.Sorted(maps.Keys(over)) {
		t, err := baseType(name)
		if err != nil {
			return b, err
		}
		if b.Text, err = entries.Set(baseName(gateway), b.Text, entries.KeyOf(checked, t), over[name]); err != nil {
			return b, apigateway.BadRequest("%s", err)
		}
	}
	return b, nil
}
