// SPDX-License-Identifier: Apache-2.0

package page

import (
	"context"
	"net/http"
)

type nonceKey struct{}

// WithNonce gives the request of a page the word that lets it load its own scripts and styles.
func WithNonce(r *http.Request, nonce string) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), nonceKey{}, nonce))
}

// nonceOf is the nonce of the answer to a request.
func nonceOf(r *http.Request) string {
	nonce, _ := r.Context().Value(nonceKey{}).(string)
	return nonce
}
