// SPDX-License-Identifier: Apache-2.0

// Package who finds out who sent a request: by a signature of AWS, or by a bearer
// key in the header Authorization.
package who

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/sigv4"
)

// Keys are the access keys that callers may have. *control.Control has them.
type Keys interface {
	// FindKey gives a key that works and its secret, or control.ErrNoKey or control.ErrKeyExpired.
	FindKey(ctx context.Context, id string) (control.Key, string, error)
	// UsedKey notes that a key was used.
	UsedKey(ctx context.Context, id string) error
}

// Options are how a Finder works.
type Options struct {
	// Keys are those of the server.
	Keys Keys
	// Dev takes the access keys that AWS's documentation and its tools for tests use, as keys with all rights. Everybody knows
	// them, so they work from this machine only.
	Dev bool
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log is for what callers are not told; nil is nowhere.
	Log *slog.Logger
}

// Finder finds out who sent requests. It is safe for concurrent use.
type Finder struct {
	options  Options
	failures *failures
}

// New makes a Finder.
func New(options Options) *Finder {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return &Finder{options: options, failures: newFailures(options.Now)}
}

// services are those that requests may be signed for.
var services = []string{"apigateway", "sts"}

// Caller says who sent a request with this body, as far as the request tells: RequestID and IfMatch are left to whoever answers. Errors are of
// type *apigateway.Error, unless the store of keys cannot be read.
//
// Who fails often gets 429 in the place of the reason. Who has a key that works is never held up by others that fail, though they come
// from the same address.
func (f *Finder) Caller(r *http.Request, body []byte) (control.Caller, error) {
	key, err := f.find(r, body)
	return f.caller(r, key, err)
}

// Bearer says who has a bearer key that came in a request, but not in its header: a form to sign in has one. All else is as with Caller.
func (f *Finder) Bearer(r *http.Request, text string) (control.Caller, error) {
	key, err := f.byBearer(r.Context(), text)
	return f.caller(r, key, err)
}

// caller is who has a key, or why nobody is found.
func (f *Finder) caller(r *http.Request, key control.Key, err error) (control.Caller, error) {
	var refused *sigv4.Error
	switch {
	case errors.As(err, &refused):
		if tooMany := f.Failed(r); tooMany != nil {
			return control.Caller{}, tooMany
		}
		return control.Caller{}, &apigateway.Error{Type: string(refused.Kind) + "Exception", Status: http.StatusForbidden, Message: refused.Message}
	case err != nil:
		return control.Caller{}, err
	}
	if !wellKnown(key.ID) {
		if err := f.options.Keys.UsedKey(r.Context(), key.ID); err != nil {
			f.options.Log.Warn("the last use of an access key is not noted", "key", key.ID, "error", err)
		}
	}
	return control.Caller{Name: key.Name, Key: key.ID, Rights: key.Rights}, nil
}

// Failed counts an attempt that failed, and says by an *apigateway.Error that there were too many.
func (f *Finder) Failed(r *http.Request) error {
	if after := f.failures.add(source(r)); after > 0 {
		return apigateway.TooMany(after)
	}
	return nil
}

// find gives the key that a request was sent with. Its errors are of type *sigv4.Error, or those of the store.
func (f *Finder) find(r *http.Request, body []byte) (control.Key, error) {
	if text, ok := bearer(r); ok {
		return f.byBearer(r.Context(), text)
	}
	var key control.Key
	verifier := sigv4.Verifier{Services: services, Now: f.options.Now, Secret: func(id string) (secret string, err error) {
		if f.options.Dev && wellKnown(id) {
			key, secret, err = devKey(r, id)
		} else {
			key, secret, err = f.key(r.Context(), id)
		}
		return secret, err
	}}
	result, err := verifier.Verify(r, body)
	if err != nil {
		return control.Key{}, err
	}
	if sent := sigv4.Path(r); result.Path != sent {
		return control.Key{}, &sigv4.Error{Kind: sigv4.InvalidSignature, Message: "The path " + sent + " was signed as " + result.Path + ": send it so."}
	}
	return key, nil
}

// bearer gives what stands in the header Authorization after the scheme Bearer.
func bearer(r *http.Request) (string, bool) {
	values := r.Header.Values("Authorization")
	if len(values) != 1 {
		return "", false
	}
	scheme, text, _ := strings.Cut(strings.TrimSpace(values[0]), " ")
	return strings.TrimSpace(text), strings.EqualFold(scheme, "Bearer")
}

func (f *Finder) byBearer(ctx context.Context, text string) (control.Key, error) {
	sent, ok := auth.ParseBearer(text)
	if !ok {
		return control.Key{}, unknownBearer()
	}
	key, secret, err := f.key(ctx, sent.ID)
	var refused *sigv4.Error
	if errors.As(err, &refused) && refused.Kind == sigv4.UnrecognizedClient || err == nil && !auth.Same(secret, sent.Secret) {
		return control.Key{}, unknownBearer()
	}
	return key, err
}

func unknownBearer() error {
	return &sigv4.Error{Kind: sigv4.UnrecognizedClient, Message: "The bearer key is none of this server's. It has the form gwr_ID_SECRET."}
}

// key gives a key of the server and its secret.
func (f *Finder) key(ctx context.Context, id string) (control.Key, string, error) {
	key, secret, err := f.options.Keys.FindKey(ctx, id)
	switch {
	case errors.Is(err, control.ErrNoKey):
		err = sigv4.Unknown()
	case errors.Is(err, control.ErrKeyExpired):
		err = sigv4.Expired()
	}
	return key, secret, err
}
