// SPDX-License-Identifier: Apache-2.0

package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// scopes are those of the settings, and openid.
func scopes(text string) []string {
	all := strings.Fields(text)
	if !slices.Contains(all, oidc.ScopeOpenID) {
		all = append([]string{oidc.ScopeOpenID}, all...)
	}
	return all
}

// person is who the tokens are of.
func (p *Provider) person(ctx context.Context, found *discovered, token *oauth2.Token, nonce string) (SignedIn, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return SignedIn{}, errors.New("the provider sent no ID token")
	}
	verified, err := found.verifier.Verify(ctx, raw)
	if err != nil {
		return SignedIn{}, err
	}
	if err := p.checkToken(verified, token, nonce); err != nil {
		return SignedIn{}, err
	}
	claims := map[string]json.RawMessage{}
	if err := verified.Claims(&claims); err != nil {
		return SignedIn{}, err
	}
	if err := p.complete(ctx, found, token, verified.Subject, claims); err != nil {
		return SignedIn{}, err
	}
	is := SignedIn{Person: control.Person{Issuer: p.options.Issuer, Subject: verified.Subject, Name: nameOf(claims, verified.Subject), IDToken: raw}}
	if is.Values, err = valuesOf(claims, p.options.Claim); err != nil {
		is.Why = err.Error()
	}
	return is, nil
}

// maxSubject is how long a subject may be, as OpenID Connect has it.
const maxSubject = 255

// checkToken checks what the verifier does not.
func (p *Provider) checkToken(verified *oidc.IDToken, token *oauth2.Token, nonce string) error {
	var also struct {
		AuthorizedParty string `json:"azp"`
	}
	if err := verified.Claims(&also); err != nil {
		return err
	}
	switch {
	case !auth.Same(verified.Nonce, nonce):
		return errors.New("the ID token is for another sign-in: its nonce is not ours")
	case also.AuthorizedParty != "" && also.AuthorizedParty != p.options.ClientID, also.AuthorizedParty == "" && len(verified.Audience) > 1:
		return fmt.Errorf("the ID token is for %.200q, and we are %q", also.AuthorizedParty, p.options.ClientID)
	case verified.Subject == "" || len(verified.Subject) > maxSubject || strings.ContainsFunc(verified.Subject, unicode.IsControl) || !utf8.ValidString(verified.Subject):
		return fmt.Errorf("the subject %.300q should have 1 to %d bytes of text", verified.Subject, maxSubject)
	case verified.IssuedAt.After(p.options.Now().Add(skew)):
		return fmt.Errorf("the ID token was issued at %s, which is to come", verified.IssuedAt)
	case verified.AccessTokenHash != "":
		return verified.VerifyAccessToken(token.AccessToken)
	}
	return nil
}

// complete adds what the ID token does not say, if the provider can be asked: some put the claim there alone.
func (p *Provider) complete(ctx context.Context, found *discovered, token *oauth2.Token, subject string, claims map[string]json.RawMessage) error {
	if _, ok := find(claims, p.options.Claim); ok || !found.userInfo {
		return nil
	}
	info, err := found.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return err
	}
	if info.Subject != subject {
		return fmt.Errorf("the provider tells of the subject %.300q, and the ID token is of %q", info.Subject, subject)
	}
	more := map[string]json.RawMessage{}
	if err := info.Claims(&more); err != nil {
		return err
	}
	for name, value := range more {
		if _, ok := claims[name]; !ok {
			claims[name] = value
		}
	}
	return nil
}

// find finds a claim: by its name, or by a path of names with dots.
func find(claims map[string]json.RawMessage, name string) (json.RawMessage, bool) {
	if value, ok := claims[name]; ok {
		return value, true
	}
	for at, c := range name {
		if c != '.' {
			continue
		}
		var inner map[string]json.RawMessage
		if json.Unmarshal(claims[name[:at]], &inner) == nil && inner != nil {
			if value, ok := find(inner, name[at+1:]); ok {
				return value, true
			}
		}
	}
	return nil, false
}

// valuesOf are the values of a claim: a text, or a list of texts. Without any, the error says why.
func valuesOf(claims map[string]json.RawMessage, name string) ([]string, error) {
	value, ok := find(claims, name)
	if !ok {
		var elsewhere map[string]any
		if json.Unmarshal(claims["_claim_names"], &elsewhere) == nil && elsewhere[name] != nil {
			return nil, fmt.Errorf("the provider keeps the claim %q elsewhere, as people are in more groups than fit in a token; let it send fewer", name)
		}
		return nil, fmt.Errorf("the provider sent no claim %q; it sent %.500q", name, names(claims))
	}
	var one string
	if json.Unmarshal(value, &one) == nil && string(value) != "null" {
		return []string{one}, nil
	}
	var list []any
	if err := json.Unmarshal(value, &list); err != nil || list == nil {
		return nil, fmt.Errorf("the claim %q is no list of texts, but %.100q", name, value)
	}
	var values []string
	for _, element := range list {
		if text, ok := element.(string); ok {
			values = append(values, text)
		}
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("the claim %q has no text in its list of %d", name, len(list))
	}
	return values, nil
}

// names are those of claims, in order.
func names(claims map[string]json.RawMessage) []string {
	all := make([]string, 0, len(claims))
	for name := range claims {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// maxName is how long a name may be, in bytes; the rest is cut off.
const maxName = 200

// nameOf is what a person is called: as the provider says, or else by the subject.
func nameOf(claims map[string]json.RawMessage, subject string) string {
	for _, claim := range []string{"preferred_username", "email", "name"} {
		var name string
		if json.Unmarshal(claims[claim], &name) != nil {
			continue
		}
		if name = printable(name); name != "" {
			return name
		}
	}
	return printable(subject)
}

// printable is a name without characters that control, and not too long.
func printable(name string) string {
	name = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) {
			return -1
		}
		return c
	}, name))
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	return name
}
