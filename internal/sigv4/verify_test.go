// SPDX-License-Identifier: Apache-2.0

package sigv4_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/sigv4"
)

// TestRefusals holds why requests are refused that somebody has signed, and then changed or sent at another time.
func TestRefusals(t *testing.T) {
	const put = `{"statusCode":"429"}`
	header := request{method: http.MethodPut, url: "http://127.0.0.1:8400/restapis/abc123?mode=merge", body: put}
	presigned := request{method: http.MethodGet, url: "http://127.0.0.1:8400/restapis", presigned: true}
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	inAuthorization := func(old, replacement string) func(*http.Request) {
		return func(r *http.Request) {
			r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, replacement, 1))
		}
	}
	inQuery := func(old, replacement string) func(*http.Request) {
		return func(r *http.Request) {
			if !strings.Contains(r.RequestURI, old) {
				t.Errorf("%q is not in %s", old, r.RequestURI)
			}
			r.RequestURI = strings.Replace(r.RequestURI, old, replacement, 1)
			_, r.URL.RawQuery, _ = strings.Cut(r.RequestURI, "?")
		}
	}
	for _, tc := range []struct {
		name    string
		signed  request
		change  func(*http.Request)
		at      time.Duration // since it was signed
		kind    sigv4.Kind    // empty if it verifies
		message string
	}{
		{"as it was signed", header, nil, 0, "", ""},
		{"five minutes later", header, nil, 5 * time.Minute, "", ""},
		{"five minutes before", header, nil, -5 * time.Minute, "", ""},
		{"later", header, nil, 5*time.Minute + time.Second, "InvalidSignature", "Signature expired: 20261128T090000Z is now earlier than 20261128T090001Z (20261128T090501Z - 5 min.)"},
		{"before", header, nil, -5*time.Minute - time.Second, "InvalidSignature", "Signature not yet current: 20261128T090000Z is still later than 20261128T085959Z (20261128T085459Z + 5 min.)"},
		{"presigned, within its time", presigned, nil, time.Minute, "", ""},
		{"presigned, after it", presigned, nil, time.Minute + time.Second, "InvalidSignature", "Signature expired: 20261128T090100Z is now earlier than 20261128T090101Z"},
		{"presigned for longer by somebody else", presigned, inQuery("X-Amz-Expires=60", "X-Amz-Expires=600"), time.Minute, "InvalidSignature", "The request signature we calculated does not match"},
		{"presigned for more than a week", presigned, inQuery("X-Amz-Expires=60", "X-Amz-Expires=604801"), 0, "IncompleteSignature", "from 1 to 604800, and is '604801'"},
		{"presigned for no time", presigned, inQuery("X-Amz-Expires=60", "X-Amz-Expires=0"), 0, "IncompleteSignature", "from 1 to 604800, and is '0'"},
		{"presigned without a name for the headers", presigned, inQuery("X-Amz-SignedHeaders=host", "a=b"), 0, "IncompleteSignature", "must include 'X-Amz-SignedHeaders'"},
		{"presigned twice", presigned, inQuery("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host&X-Amz-SignedHeaders=host"), 0, "IncompleteSignature", "'X-Amz-SignedHeaders' once"},
		{"presigned, with a header of AWS that is not signed", presigned, set("X-Amz-Target", "x"), 0, "InvalidSignature", "'x-amz-target' must be a 'SignedHeader'"},
		{"presigned, and signed", presigned, set("Authorization", "AWS4-HMAC-SHA256 x=y"), 0, "IncompleteSignature", "one signature"},
		{"not signed", header, func(r *http.Request) { r.Header.Del("Authorization") }, 0, "MissingAuthenticationToken", "Missing Authentication Token"},
		{"basic", header, set("Authorization", "Basic eDp5"), 0, "MissingAuthenticationToken", "Missing Authentication Token"},
		{"two signatures", header, func(r *http.Request) { r.Header.Add("Authorization", "x") }, 0, "IncompleteSignature", "one signature"},
		{"version 2", header, set("Authorization", "AWS AKIDEXAMPLE:x"), 0, "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS'"},
		{"asymmetric", header, inAuthorization("HMAC", "ECDSA-P256"), 0, "IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'"},
		{"without parts", header, set("Authorization", "AWS4-HMAC-SHA256 Credential=a"), 0, "IncompleteSignature", "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."},
		{"without an equal-sign", header, set("Authorization", "AWS4-HMAC-SHA256 Credential"), 0, "IncompleteSignature", "'Credential' not a valid key=value pair (missing equal-sign)"},
		{"a part twice", header, inAuthorization("Credential", "Signature=a, Credential"), 0, "IncompleteSignature", "'Signature' twice"},
		{"without a time", header, func(r *http.Request) { r.Header.Del("X-Amz-Date") }, 0, "IncompleteSignature", "existence of either a 'X-Amz-Date' or a 'Date' header"},
		{"a time in another form", header, set("X-Amz-Date", "2026-11-28 09:00"), 0, "IncompleteSignature", "Date must be in ISO-8601 'basic format'. Got '2026-11-28 09:00'"},
		{"another day", header, set("X-Amz-Date", "20261129T000000Z"), 0, "InvalidSignature", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261128' != '20261129'"},
		{"a short scope", header, inAuthorization("/eu-north-1", ""), 0, "IncompleteSignature", "exactly 5 slash-delimited elements"},
		{"another end of the scope", header, inAuthorization("aws4_request", "aws5_request"), 0, "IncompleteSignature", "valid terminator: 'aws4_request', not 'aws5_request'"},
		{"for another service", header, inAuthorization("/apigateway/", "/s3/"), 0, "InvalidSignature", "Credential should be scoped to correct service: 'apigateway' or 'sts'."},
		{"for another region", header, inAuthorization("/eu-north-1/", "/eu-north-2/"), 0, "InvalidSignature", "does not match"},
		{"by another key", header, inAuthorization(key, "AKIAI44QH8DHBEXAMPLE"), 0, "UnrecognizedClient", "The security token included in the request is invalid."},
		{"with a session token", header, set("X-Amz-Security-Token", "t"), 0, "UnrecognizedClient", "no sessions"},
		{"with a session token in the query", presigned, inQuery("?", "?X-Amz-Security-Token=t&"), 0, "UnrecognizedClient", "no sessions"},
		{"headers that are not sorted", header, inAuthorization("SignedHeaders=", "SignedHeaders=z;"), 0, "IncompleteSignature", "lower case, sorted"},
		{"without the host", header, inAuthorization("host;", ""), 0, "InvalidSignature", "'Host' must be a 'SignedHeader'"},
		{"a header that did not come", header, inAuthorization("x-amz-date", "x-amz-date;x-b"), 0, "InvalidSignature", "'x-b' is a 'SignedHeader' in the AWS Authorization, and not in the request"},
		{"another host", header, func(r *http.Request) { r.Host = "127.0.0.1" }, 0, "InvalidSignature", "\nhost:127.0.0.1\n"},
		{"another method", header, func(r *http.Request) { r.Method = http.MethodPost }, 0, "InvalidSignature", "should have been\n'POST\n/restapis/abc123\nmode=merge\n"},
		{"a query that decoders do not agree on", header, inQuery("merge", "merge;x"), 0, "IncompleteSignature", "';'"},
		{"a query that cannot be decoded", header, inQuery("merge", "%zz"), 0, "IncompleteSignature", "invalid URL escape"},
		{"a hash of another body", header, set("X-Amz-Content-Sha256", strings.Repeat("0", 64)), 0, "InvalidSignature", "not the SHA-256 of the body"},
		{"in chunks", header, set("X-Amz-Content-Sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"), 0, "InvalidSignature", "signed in chunks"},
		{"a body that is not signed", header, set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), 0, "InvalidSignature", "must cover the body"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, body, _, err := arrive(tc.signed.wire(t))
			if err != nil {
				t.Fatal(err)
			}
			if tc.change != nil {
				tc.change(r)
			}
			v := verifier()
			v.Now = func() time.Time { return now.Add(tc.at) }
			_, err = v.Verify(r, body)
			var refused *sigv4.Error
			switch {
			case tc.kind == "" && err != nil:
				t.Error(err)
			case tc.kind != "" && (!errors.As(err, &refused) || refused.Kind != tc.kind || !strings.Contains(refused.Message, tc.message)):
				t.Errorf("got %v, want %s with %q", err, tc.kind, tc.message)
			case err != nil && strings.Contains(err.Error(), secret):
				t.Errorf("the secret is told: %v", err)
			}
		})
	}
}

// TestSecretFails holds that a store of keys that cannot be read is no verdict on the request.
func TestSecretFails(t *testing.T) {
	r, body, _, err := arrive(request{method: http.MethodGet, url: "http://127.0.0.1:8400/restapis"}.wire(t))
	if err != nil {
		t.Fatal(err)
	}
	away := errors.New("the store is away")
	v := verifier()
	v.Secret = func(string) (string, error) { return "", away }
	if _, err := v.Verify(r, body); !errors.Is(err, away) {
		t.Errorf("got %v, want what the store said", err)
	}
}
