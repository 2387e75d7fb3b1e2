// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

// HS256 is the header of most tokens.
const HS256 = `{"alg":"HS256"}`

// Token makes a JSON Web Token with a signature of HMAC-SHA256 by the key "secret".
func Token(header, payload string) string {
	text := Base64URL(header) + "." + Base64URL(payload)
	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write([]byte(text))
	return text + "." + Base64URL(string(mac.Sum(nil)))
}

// Base64URL encodes text as the parts of a token are: for URLs, without padding.
func Base64URL(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// Bearer is a request with a token.
func Bearer(token string) Request {
	return Request{Headers: http.Header{"Authorization": {"Bearer " + token}}}
}
