// SPDX-License-Identifier: Apache-2.0

package who

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// oneKey is a server that has one access key.
type oneKey struct {
	credentials auth.Credentials
	err         error
	uses        int
}

func (k *oneKey) FindKey(_ context.Context, id string) (control.Key, string, error) {
	if k.err != nil {
		return control.Key{}, "", k.err
	}
	if id != k.credentials.ID {
		return control.Key{}, "", control.ErrNoKey
	}
	return control.Key{ID: id, Name: "ada", Rights: auth.Rights{Role: auth.Edit}}, k.credentials.Secret, nil
}

func (k *oneKey) UsedKey(context.Context, string) error {
	k.uses++
	return nil
}

// arrived is a request that a client of AWS's SDK has signed, as a server gets it.
func arrived(t *testing.T, method, url, body string, by auth.Credentials) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(body))
	credentials := aws.Credentials{AccessKeyID: by.ID, SecretAccessKey: by.Secret}
	if err := v4.NewSigner().SignHTTP(t.Context(), credentials, r, hex.EncodeToString(sum[:]), "apigateway", "eu-north-1", time.Now()); err != nil {
		t.Fatal(err)
	}
	var wire bytes.Buffer
	if err := r.Write(&wire); err != nil {
		t.Fatal(err)
	}
	got, err := http.ReadRequest(bufio.NewReader(&wire))
	if err != nil {
		t.Fatal(err)
	}
	got.RemoteAddr = "192.0.2.7:1234"
	return got
}

func bodyOf(t *testing.T, r *http.Request) []byte {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

const restAPIs = "http://127.0.0.1:8400/restapis"

// TestCaller holds who is taken for whom, and what others are told.
func TestCaller(t *testing.T) {
	good := auth.NewCredentials()
	wrong := auth.Credentials{ID: good.ID, Secret: auth.NewCredentials().Secret}
	bearing := func(text string) *http.Request {
		r := httptest.NewRequest(http.MethodGet, restAPIs, http.NoBody)
		r.Header.Set("Authorization", "Bearer "+text)
		return r
	}
	for _, tc := range []struct {
		name      string
		request   *http.Request
		keys      oneKey
		errorType string // empty if the caller is taken
		message   string
	}{
		{"signed", arrived(t, http.MethodPost, restAPIs, `{"name":"shop"}`, good), oneKey{}, "", ""},
		{"bearer", bearing(good.Bearer()), oneKey{}, "", ""},
		{"nothing", httptest.NewRequest(http.MethodGet, restAPIs, http.NoBody), oneKey{}, "MissingAuthenticationTokenException", "Missing Authentication Token"},
		{"another secret", arrived(t, http.MethodGet, restAPIs, "", wrong), oneKey{}, "InvalidSignatureException", "The request signature we calculated"},
		{"another key", arrived(t, http.MethodGet, restAPIs, "", auth.NewCredentials()), oneKey{}, "UnrecognizedClientException", "The security token included in the request is invalid."},
		{"bearer with another secret", bearing(wrong.Bearer()), oneKey{}, "UnrecognizedClientException", "none of this server's"},
		{"bearer of another key", bearing(auth.NewCredentials().Bearer()), oneKey{}, "UnrecognizedClientException", "none of this server's"},
		{"bearer without form", bearing("eyJhbGciOiJIUzI1NiJ9"), oneKey{}, "UnrecognizedClientException", "gwr_ID_SECRET"},
		{"expired", arrived(t, http.MethodGet, restAPIs, "", good), oneKey{err: control.ErrKeyExpired}, "ExpiredTokenException", "is expired"},
		{"expired bearer", bearing(good.Bearer()), oneKey{err: control.ErrKeyExpired}, "ExpiredTokenException", "is expired"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.keys.credentials = good
			finder := New(Options{Keys: &tc.keys})
			caller, err := finder.Caller(tc.request, bodyOf(t, tc.request))
			if tc.errorType == "" {
				if err != nil || caller.Name != "ada" || caller.Key != good.ID || caller.Rights.Role != auth.Edit || tc.keys.uses != 1 {
					t.Errorf("got %+v, %v and %d uses, want ada with the role edit, used once", caller, err, tc.keys.uses)
				}
				return
			}
			var refused *apigateway.Error
			if !errors.As(err, &refused) || refused.Type != tc.errorType || refused.Status != http.StatusForbidden || !strings.Contains(refused.Message, tc.message) {
				t.Errorf("got %v, want %s with status 403 and %q", err, tc.errorType, tc.message)
			}
			if tc.keys.uses != 0 || strings.Contains(err.Error(), good.Secret) {
				t.Errorf("a refused key was noted as used, or its secret told: %v", err)
			}
		})
	}
}

// TestStoreAway holds that a store that cannot be read is a failure of the server, and no refusal.
func TestStoreAway(t *testing.T) {
	away := errors.New("the store is away")
	finder := New(Options{Keys: &oneKey{err: away}})
	if _, err := finder.Caller(arrived(t, http.MethodGet, restAPIs, "", auth.NewCredentials()), nil); !errors.Is(err, away) {
		t.Errorf("got %v, want what the store said", err)
	}
}

// TestDevKeys holds that the keys that everybody knows work with --dev only, and for nothing that a page in a browser can send.
func TestDevKeys(t *testing.T) {
	known := auth.Credentials{ID: "test", Secret: "test"}
	example := auth.Credentials{ID: "AKIAIOSFODNN7EXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}
	for _, tc := range []struct {
		name string
		dev  bool
		url  string
		by   auth.Credentials
		add  http.Header
		want bool
	}{
		{"with --dev", true, restAPIs, known, nil, true},
		{"by name", true, "http://localhost:8400/restapis", known, nil, true},
		{"IPv6", true, "http://[::1]:8400/restapis", known, nil, true},
		{"the example of AWS's documentation", true, restAPIs, example, nil, true},
		{"without --dev", false, restAPIs, known, nil, false},
		{"another secret", true, restAPIs, auth.Credentials{ID: "test", Secret: "tset"}, nil, false},
		{"a name that an attacker has", true, "http://rebound.example:8400/restapis", known, nil, false},
		{"from a page", true, restAPIs, known, http.Header{"Origin": {"https://evil.example"}}, false},
		{"from an image", true, restAPIs, known, http.Header{"Sec-Fetch-Site": {"cross-site"}}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := arrived(t, http.MethodGet, tc.url, "", tc.by)
			for name := range tc.add {
				r.Header.Set(name, tc.add.Get(name))
			}
			caller, err := New(Options{Keys: &oneKey{}, Dev: tc.dev}).Caller(r, nil)
			if got := err == nil; got != tc.want {
				t.Errorf("got %v, %v, want it taken: %v", caller, err, tc.want)
			}
			if err == nil && caller.Rights.Lacks(auth.Everything()) != "" {
				t.Errorf("the rights are %v, want all", caller.Rights)
			}
		})
	}
}

// TestFailures holds that who fails often is held up, and that nobody else is: neither others, nor who has a key, from the same
// address.
func TestFailures(t *testing.T) {
	good := auth.NewCredentials()
	now := time.Now()
	finder := New(Options{Keys: &oneKey{credentials: good}, Now: func() time.Time { return now }})
	fail := func(from string) *apigateway.Error {
		r := httptest.NewRequest(http.MethodGet, restAPIs, http.NoBody)
		r.RemoteAddr = from
		_, err := finder.Caller(r, nil)
		var refused *apigateway.Error
		if !errors.As(err, &refused) {
			t.Fatalf("got %v, want a refusal", err)
		}
		return refused
	}
	for range burst {
		if err := fail("192.0.2.7:1"); err.Status != http.StatusForbidden {
			t.Fatalf("got %v within the first %d", err, burst)
		}
	}
	err := fail("192.0.2.7:2")
	if err.Status != http.StatusTooManyRequests || err.RetryAfter <= 0 || err.RetryAfter > 2*time.Second {
		t.Errorf("got %v with RetryAfter %v, want 429 with at most two seconds", err, err.RetryAfter)
	}
	if err := fail("192.0.2.8:1"); err.Status != http.StatusForbidden {
		t.Errorf("another address got %v", err)
	}
	if _, err := finder.Caller(arrived(t, http.MethodGet, restAPIs, "", good), nil); err != nil {
		t.Errorf("with a key, from the same address: %v", err)
	}
	now = now.Add(err.RetryAfter)
	if err := fail("192.0.2.7:3"); err.Status != http.StatusForbidden {
		t.Errorf("after the time that it was told: %v", err)
	}
	for i := range 2 * maxSources {
		finder.failures.add(string(rune(i)))
	}
	if n := len(finder.failures.sources); n != maxSources || finder.failures.last.Len() != n {
		t.Errorf("%d sources are remembered, want %d", n, maxSources)
	}
}

// TestSource holds what counts as one source.
func TestSource(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.7:1234":            "192.0.2.7",
		"[::ffff:192.0.2.7]:1":      "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64",
		"[fe80::1%eth0]:80":         "fe80::/64",
		"@":                         "@",
	} {
		if got := source(&http.Request{RemoteAddr: remote}); got != want {
			t.Errorf("source of %q: %q, want %q", remote, got, want)
		}
	}
}
