// SPDX-License-Identifier: Apache-2.0

package sigv4_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/http/httpguts"

	"gatewayresponses/internal/sigv4"
)

const (
	secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	key    = "AKIAIOSFODNN7EXAMPLE"
)

var now = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)

func verifier() *sigv4.Verifier {
	return &sigv4.Verifier{
		Services: []string{"apigateway", "sts"},
		Now:      func() time.Time { return now },
		Secret: func(id string) (string, error) {
			if id != key {
				return "", sigv4.Unknown()
			}
			return secret, nil
		},
	}
}

// request is what a client is about to sign.
type request struct {
	method, url string
	header      http.Header
	body        string
	presigned   bool
}

// wire gives the bytes that a client of aws-sdk-go-v2 sends; none if net/http does not send such a request.
func (q request) wire(t *testing.T) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), q.method, q.url, strings.NewReader(q.body))
	if err != nil {
		return nil
	}
	for name, values := range q.header {
		r.Header[name] = slices.Clone(values)
	}
	sum := sha256.Sum256([]byte(q.body))
	hash := hex.EncodeToString(sum[:])
	by := aws.Credentials{AccessKeyID: key, SecretAccessKey: secret}
	if q.presigned {
		query := r.URL.Query()
		query.Set("X-Amz-Expires", "60")
		r.URL.RawQuery = query.Encode()
		signed, header, err := v4.NewSigner().PresignHTTP(context.Background(), by, r, hash, "apigateway", "eu-north-1", now)
		if err != nil {
			t.Fatal(err)
		}
		if r.URL, err = url.Parse(signed); err != nil {
			t.Fatal(err)
		}
		header.Del("Host")
		r.Header = header
	} else if err := v4.NewSigner().SignHTTP(context.Background(), by, r, hash, "apigateway", "eu-north-1", now); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		return nil
	}
	return b.Bytes()
}

// arrive reads a request as a server does, and verifies it.
func arrive(wire []byte) (*http.Request, []byte, sigv4.Result, error) {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(wire)))
	if err != nil {
		return nil, nil, sigv4.Result{}, err
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, nil, sigv4.Result{}, err
	}
	result, err := verifier().Verify(r, body)
	return r, body, result, err
}

// meaning is what a server reads of a verified request, as far as the signature must cover it.
type meaning struct {
	Method, Path, Host, Body string
	Query                    url.Values
	Headers                  map[string]string
}

func meaningOf(r *http.Request, body []byte, result sigv4.Result, headers []string) meaning {
	m := meaning{Method: r.Method, Path: result.Path, Host: r.Host, Body: string(body), Query: r.URL.Query(), Headers: map[string]string{}}
	m.Query.Del("X-Amz-Signature")
	for _, values := range m.Query {
		slices.Sort(values)
	}
	for _, name := range headers {
		values := slices.Clone(r.Header.Values(name))
		for i, value := range values {
			values[i] = strings.Join(strings.FieldsFunc(value, func(c rune) bool { return c == ' ' }), " ")
		}
		m.Headers[name] = strings.Join(values, ",")
	}
	return m
}

// signedHeaders are the headers that a request says are signed.
func signedHeaders(r *http.Request) []string {
	names := r.URL.Query().Get("X-Amz-SignedHeaders")
	if _, after, ok := strings.Cut(r.Header.Get("Authorization"), "SignedHeaders="); ok {
		names, _, _ = strings.Cut(after, ",")
	}
	return slices.DeleteFunc(strings.Split(names, ";"), func(name string) bool { return name == "host" })
}

// FuzzAgainstSDK holds that what aws-sdk-go-v2 signs verifies, and that a changed byte, wherever it is, changes nothing that a server
// reads and a signature covers: either the request is refused, or it means the same.
func FuzzAgainstSDK(f *testing.F) {
	f.Add("GET", "/restapis", "limit=25", "", "", false, uint(0), byte(1))
	f.Add("POST", "/restapis/abc123/stages", "", `{"stageName":"prod"}`, "one  two", false, uint(40), byte(3))
	f.Add("PUT", "/tags/arn%3Aaws%3Aapigateway%3Aeu-north-1%3A%3A%2Frestapis%2Fabc123", "tagKeys=a&tagKeys=b", "{}", "", false, uint(12), byte(9))
	f.Add("DELETE", "/a/./b//c/../d", "b=2&a=1&a=0&c", "", "x", true, uint(20), byte(32))
	f.Add("GET", "/a b/ሴ/~", "q=%2B%20;&ሴ=%E1%88%B4", "", "", true, uint(300), byte(1))
	f.Fuzz(func(t *testing.T, method, path, query, body, value string, presigned bool, at uint, flip byte) {
		target := &url.URL{Scheme: "http", Host: "127.0.0.1:8400", Path: "/" + path}
		if parsed, err := url.ParseRequestURI("/" + strings.TrimPrefix(path, "/")); err == nil {
			target.Path, target.RawPath = parsed.Path, parsed.RawPath
		}
		values, _ := url.ParseQuery(query) // what can be read of it
		target.RawQuery = values.Encode()
		value = strings.TrimSpace(value)
		if strings.ContainsAny(method, "/:?") || !httpguts.ValidHeaderFieldValue(value) || strings.ContainsAny(value, "\t\u0085\u00a0") || hasReserved(values) {
			return // no client sends that
		}
		q := request{method: method, url: target.String(), body: body, presigned: presigned, header: http.Header{"X-Amz-Meta-Note": {value, "second"}}}
		wire := q.wire(t)
		if wire == nil {
			return
		}
		r, got, result, err := arrive(wire)
		if err != nil {
			t.Fatalf("%v\n%q", err, wire)
		}
		if result.Key != key || result.Region != "eu-north-1" || result.Service != "apigateway" || !result.At.Equal(now) || result.Presigned != presigned {
			t.Errorf("the result is %+v", result)
		}
		if flip == 0 {
			return
		}
		want := meaningOf(r, got, result, signedHeaders(r))

		changed := bytes.Clone(wire)
		changed[at%uint(len(changed))] ^= flip
		other, otherBody, otherResult, err := arrive(changed)
		if err != nil {
			return
		}
		if diff := cmp.Diff(want, meaningOf(other, otherBody, otherResult, signedHeaders(r))); diff != "" {
			t.Errorf("verified, though it means something else (-signed +arrived):\n%s\n%q", diff, changed)
		}
	})
}

// hasReserved reports whether a query has parameters of the signature itself.
func hasReserved(query url.Values) bool {
	for name := range query {
		if strings.HasPrefix(strings.ToLower(name), "x-amz-") {
			return true
		}
	}
	return false
}

// others are the bytes that TestEveryByte changes one to: those that differ in one bit, and those that mean something in a request.
func others(b byte) []byte {
	changed := []byte(" \t\r\n/?&=;%+,.:AZaz09\x00\xff")
	for bit := range 8 {
		changed = append(changed, b^1<<bit)
	}
	return slices.DeleteFunc(changed, func(c byte) bool { return c == b })
}

// TestEveryByte holds for a whole request that no byte of it can be changed, but where nothing is read or the same is.
func TestEveryByte(t *testing.T) {
	for _, presigned := range []bool{false, true} {
		wire := request{
			method: http.MethodPut, url: "http://127.0.0.1:8400/restapis/abc123/gatewayresponses/THROTTLED?a=1&b=%2F", body: `{"statusCode":"429"}`,
			presigned: presigned, header: http.Header{"Content-Type": {"application/json"}, "If-Match": {`"3"`}},
		}.wire(t)
		r, body, result, err := arrive(wire)
		if err != nil {
			t.Fatal(err)
		}
		want := meaningOf(r, body, result, signedHeaders(r))
		tried, verified := 0, 0
		for at := range wire {
			for _, to := range others(wire[at]) {
				changed := bytes.Clone(wire)
				changed[at] = to
				tried++
				other, otherBody, otherResult, err := arrive(changed)
				if err != nil {
					continue
				}
				verified++
				if diff := cmp.Diff(want, meaningOf(other, otherBody, otherResult, signedHeaders(r))); diff != "" {
					t.Errorf("byte %d changed to %#x (-signed +arrived):\n%s", at, to, diff)
				}
			}
		}
		t.Logf("presigned %v: of %d changes %d leave what is signed as it is", presigned, tried, verified)
	}
}

// FuzzRead holds that whatever stands in a request is answered by an error of ours, in bounded words, without the secret.
func FuzzRead(f *testing.F) {
	f.Add("AWS4-HMAC-SHA256 Credential="+key+"/20261128/eu-north-1/sts/aws4_request, SignedHeaders=host, Signature=00", "", "20261128T090000Z", "")
	f.Add("", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="+key+"%2F20261128%2Fa%2Fsts%2Faws4_request&X-Amz-Date=20261128T090000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00&X-Amz-Expires=5", "", "UNSIGNED-PAYLOAD")
	f.Add("Bearer x", "%zz;&=", "Sat, 28 Nov 2026 09:00:00 GMT", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
	f.Fuzz(func(t *testing.T, authorization, query, date, hash string) {
		r := &http.Request{Method: http.MethodGet, Host: "localhost", RequestURI: "/?" + query, URL: &url.URL{Path: "/", RawQuery: query}, Header: http.Header{}}
		for name, value := range map[string]string{"Authorization": authorization, "X-Amz-Date": date, "X-Amz-Content-Sha256": hash} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		_, err := verifier().Verify(r, nil)
		var refused *sigv4.Error
		if !errors.As(err, &refused) {
			t.Fatalf("got %v, want a refusal: nobody has signed this", err)
		}
		if len(refused.Message) > 20<<10 || strings.Contains(refused.Message, secret) {
			t.Errorf("the message has %d bytes, or the secret: %.1000s", len(refused.Message), refused.Message)
		}
	})
}
