// SPDX-License-Identifier: Apache-2.0

package console

import (
	"errors"
	"net/http"
	"strings"
)

// forward lets scripts of our pages ask the API, at /console/v1: there a session is enough, which at /v1 is none. What comes from
// other sites was refused before.
func (c *Console) forward(w http.ResponseWriter, r *http.Request) {
	ctx, err := c.resume(r)
	if err != nil {
		c.refuseScript(w, r, err)
		return
	}
	inner := r.Clone(ctx)
	inner.URL.Path = strings.TrimPrefix(r.URL.Path, "/console")
	inner.URL.RawPath = strings.TrimPrefix(r.URL.RawPath, "/console")
	inner.Header.Del("Authorization")
	inner.Header.Del("Cookie")
	c.options.API.ServeHTTP(w, inner)
}

// refuseScript says by a status why a script gets nothing: it cannot sign in.
func (c *Console) refuseScript(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusInternalServerError
	var refused *Refusal
	switch {
	case errors.Is(err, ErrSignedOut):
		status = http.StatusUnauthorized
	case errors.As(err, &refused):
		setRetryAfter(w, refused)
		status = refused.Status
	default:
		c.options.Failed(r, err)
	}
	http.Error(w, http.StatusText(status), status)
}
