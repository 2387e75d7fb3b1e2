// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"gatewayresponses/e2e/envoytest"
)

// loginSecret is the secret that oauth2 signs and encrypts its cookies with; the Envoy of the rows has it too.
const loginSecret = "a secret of the test"

// oauthConfig is oauth2 whose token endpoint is a path at a cluster; more are further fields of its config.
func oauthConfig(name, cluster, path string, more ...string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "oauth2.v3.OAuth2",
		Config: "config:\n" +
			"  token_endpoint: {uri: \"http://token.invalid/" + path + "\", cluster: " + cluster + ", timeout: 1s}\n" +
			"  authorization_endpoint: http://login.invalid\n" +
			"  redirect_uri: http://gateway.example.com/oauth-cb\n" +
			"  redirect_path_matcher: {path: {prefix: /oauth-cb}}\n" +
			"  signout_path: {path: {exact: /oauth-out}}\n" +
			"  deny_redirect_matcher: [{name: x-script, present_match: true}]\n" +
			"  credentials: {client_id: demo, token_secret: {name: secret}, hmac_secret: {name: secret}}\n" +
			"  " + strings.Join(more, "\n  "),
	}
}

// loginFilters are the filters of the rows of oauth2.
var loginFilters = append(newLoginFilters(),
	oauthConfig("oauth", "down", ""),
	oauthConfig("oauth-cluster", "missing", ""),
	oauthConfig("oauth-refused", "tokens", "refused"),
	oauthConfig("oauth-garbage", "tokens", "garbage"),
	oauthConfig("oauth-empty", "tokens", "empty"),
	oauthConfig("oauth-forever", "tokens", "forever"),
	oauthConfig("oauth-good", "tokens", "good"),
)

// newLoginFilters are those with settings that Envoy knows since 1.39.
func newLoginFilters() []provokedFilter {
	filters := []provokedFilter{
		oauthConfig("oauth-here", "down", "", "allowed_redirect_domains: [gateway.example.com]"),
		oauthConfig("oauth-elsewhere", "down", "", "allowed_redirect_domains: [elsewhere.example.com]"),
		oauthConfig("oauth-redirect", "down", "", "allowed_redirect_domains: [gateway.example.com]").
			with("http://gateway.example.com/oauth-cb", "http://elsewhere.example.com/oauth-cb"),
		oauthConfig("oauth-key", "down", "", "auth_type: PRIVATE_KEY_JWT"),
		oauthConfig("oauth-secrets", "down", "").with("token_secret: {name: secret}", "token_secret: {name: late, sds_config: "+
			"{resource_api_version: V3, initial_fetch_timeout: 0.1s, api_config_source: {api_type: GRPC, transport_api_version: V3, "+
			"grpc_services: [{envoy_grpc: {cluster_name: down}}]}}}"),
	}
	for i := range filters {
		filters[i].since = 39
	}
	return filters
}

// with is the filter with one text of its configuration replaced.
func (f provokedFilter) with(old, replacement string) provokedFilter {
	f.Config = strings.Replace(f.Config, old, replacement, 1)
	return f
}

// tokenReplies are what the token endpoint of the cluster tokens answers to a path.
var tokenReplies = map[string]string{
	"/garbage": "this is not JSON",
	"/empty":   "{}",
	"/forever": `{"access_token":"x"}`,
	"/good":    `{"access_token":"x","expires_in":60}`,
}

// serveTokens answers one request for a token.
func serveTokens(c net.Conn) {
	asked, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	_, _ = io.Copy(io.Discard, asked.Body)
	body, known := tokenReplies[asked.URL.Path]
	status := "200 OK"
	if !known {
		status = "400 Bad Request"
	}
	_, _ = fmt.Fprintf(c, "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, len(body), body)
}

// signed is the code by which oauth2 knows what it wrote itself.
func signed(text string) string {
	mac := hmac.New(sha256.New, []byte(loginSecret))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// nonce is the cookie that oauth2 gives to a browser before it sends it to the login page.
var nonce = "1." + signed("1")

// codeVerifier is the cookie with the verifier of RFC 7636, as oauth2 encrypts it.
var codeVerifier = encrypted("verifier")

// encrypted is AES-256-CBC with the padding of PKCS #7, the initialization vector before it.
func encrypted(text string) string {
	key := sha256.Sum256([]byte(loginSecret))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // not for a key of 32 bytes
	}
	padding := aes.BlockSize - len(text)%aes.BlockSize
	padded := append([]byte(text), bytes.Repeat([]byte{byte(padding)}, padding)...)
	vector := make([]byte, aes.BlockSize)
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(padded, padded)
	return envoytest.Base64URL(string(vector) + string(padded))
}

// callback is what a browser sends that comes back from the login page, on its way to url.
func callback(url string, cookies ...string) envoytest.Request {
	state := fmt.Sprintf(`{"url":%q,"csrf_token":%q,"flow_id":"1"}`, url, nonce)
	r := header("Cookie", strings.Join(append(cookies, "OauthNonce="+nonce), "; "))
	r.Path = "?code=1&state=" + envoytest.Base64URL(state)
	return r
}

// loggedIn are the cookies of a session that lasts.
func loggedIn() string {
	const expires = "9999999999"
	return "OauthExpires=" + expires + "; BearerToken=x; OauthHMAC=" + signed(strings.Join([]string{envoytest.Host, expires, "x", "", ""}, "\n"))
}

// tokenRow is a row for a browser that comes back with a good code, to a filter whose token endpoint fails.
func tokenRow(name, details, filter string) provocation {
	return provocation{
		name: name, details: details, filter: filter, envoy: "AUTHORIZER_FAILURE",
		request: callback("http://gateway.example.com/", "CodeVerifier="+codeVerifier),
	}
}

// loginRows are the replies of oauth2 to browsers that come back from the login page, or have been logged in.
var loginRows = []provocation{
	{
		name: "oauth-cb-state-url", details: "State url can not be initialized: <v>", filter: "oauth",
		request: callback("nowhere"), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-verifier", details: "Code verifier cookie is missing in the request", filter: "oauth",
		request: callback("http://gateway.example.com/"), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-decrypt", details: "Failed to decrypt code verifier: <v>, error: <e>", filter: "oauth",
		request: callback("http://gateway.example.com/", "CodeVerifier=x"), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-domain", details: "State url host is not in the allowed redirect domains: <v>", filter: "oauth-here", since: 39,
		request: callback("http://elsewhere.example.com/"), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-loop", details: "State url query params matches the redirect path matcher: <path>", filter: "oauth",
		request: callback("http://gateway.example.com/oauth-cb", loggedIn()), envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-cb-race", details: "oauth.race_redirect", filter: "oauth",
		request: callback("http://gateway.example.com/", loggedIn()), envoy: "-",
	},
	{
		name: "oauth-cb-good", details: "oauth.logged_in", filter: "oauth-good",
		request: callback("http://gateway.example.com/", "CodeVerifier="+codeVerifier), envoy: "-",
	},
	tokenRow("oauth-cb-down", "Failed to get access token<...>", "oauth"),
	tokenRow("oauth-cb-refused", "Failed to get access token<...>", "oauth-refused"),
	tokenRow("oauth-cb-garbage", "Failed to parse oauth response body<...>", "oauth-garbage"),
	tokenRow("oauth-cb-empty", "No access token found in the token exchange response<...>", "oauth-empty"),
	tokenRow("oauth-cb-forever", "No default or explicit access token expiration found<...>", "oauth-forever"),
	tokenRow("oauth-cb-cluster", "Token endpoint cluster not found", "oauth-cluster"),
	{
		name: "oauth-cb-key", details: "Failed to obtain client credential: <e>", filter: "oauth-key", since: 39, envoy: "AUTHORIZER_FAILURE",
		request: callback("http://gateway.example.com/", "CodeVerifier="+codeVerifier),
	},
	{
		name: "oauth-refresh", details: "Failed to refresh the access token, and redirecting to OAuth server is not allowed", filter: "oauth",
		request: envoytest.Request{Headers: http.Header{"X-Script": {"1"}, "Cookie": {"RefreshToken=x"}}}, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-elsewhere", details: "authority or original_request_uri failed domain allow-list validation: <v>",
		filter: "oauth-elsewhere", since: 39, envoy: "UNAUTHORIZED",
	},
	{
		name: "oauth-redirect", details: "redirect_uri failed domain allow-list validation: <uri>", filter: "oauth-redirect", since: 39,
		envoy: "UNAUTHORIZED",
	},
	{name: "oauth-secrets", details: "OAuth2 secrets are not ready", filter: "oauth-secrets", since: 39, envoy: "AUTHORIZER_FAILURE"},
}
