// SPDX-License-Identifier: Apache-2.0

package sts_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	server "gatewayresponses/internal/server/sts"
	"gatewayresponses/internal/server/who"
	"gatewayresponses/internal/store/storetest"
)

// serve starts the service with one key.
func serve(t *testing.T) (string, auth.Credentials) {
	t.Helper()
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	keys := control.New(storetest.New(t), control.Options{Sealer: sealer})
	var first auth.Credentials
	if err := keys.FirstKey(t.Context(), func(made auth.Credentials) error { first = made; return nil }); err != nil {
		t.Fatal(err)
	}
	finder := who.New(who.Options{Keys: keys})
	s := httptest.NewServer(server.New(server.Options{Account: "123456789012", Authenticate: finder.Caller}))
	t.Cleanup(s.Close)
	return s.URL, first
}

func client(url string, by auth.Credentials) *sts.Client {
	return sts.New(sts.Options{
		BaseEndpoint: &url, Region: "eu-north-1", RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider(by.ID, by.Secret, ""),
	})
}

// TestGetCallerIdentity holds that the client of AWS's SDK learns who it is, also by a request that it signs for somebody else to send.
func TestGetCallerIdentity(t *testing.T) {
	url, key := serve(t)
	got, err := client(url, key).GetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if arn := aws.ToString(got.Arn); arn != "arn:aws:iam::123456789012:user/first-key" || aws.ToString(got.Account) != "123456789012" || aws.ToString(got.UserId) != key.ID {
		t.Errorf("got %s, %s, %s", arn, aws.ToString(got.Account), aws.ToString(got.UserId))
	}

	presigned, err := sts.NewPresignClient(client(url, key)).PresignGetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), presigned.Method, presigned.URL, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var said struct {
		GetCallerIdentityResponse struct {
			GetCallerIdentityResult struct{ Arn, UserId, Account string } //nolint:revive // AWS's name
			ResponseMetadata        struct{ RequestId string }            //nolint:revive // AWS's name
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
		t.Fatal(err)
	}
	inner := said.GetCallerIdentityResponse
	if answer.StatusCode != http.StatusOK || inner.GetCallerIdentityResult.UserId != key.ID || inner.ResponseMetadata.RequestId != answer.Header.Get("X-Amzn-Requestid") {
		t.Errorf("presigned, in JSON: %d %+v", answer.StatusCode, said)
	}
}

// TestErrors holds that the SDK reads why there is no answer.
func TestErrors(t *testing.T) {
	url, key := serve(t)
	for _, tc := range []struct {
		name string
		by   auth.Credentials
		ask  func(*sts.Client) error
		code string
		want int
	}{
		{"another key", auth.NewCredentials(), nil, "InvalidClientTokenId", http.StatusForbidden},
		{"another secret", auth.Credentials{ID: key.ID, Secret: "x"}, nil, "SignatureDoesNotMatch", http.StatusForbidden},
		{"another operation", key, func(c *sts.Client) error {
			_, err := c.GetSessionToken(t.Context(), nil)
			return err
		}, "InvalidAction", http.StatusBadRequest},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ask := tc.ask
			if ask == nil {
				ask = func(c *sts.Client) error {
					_, err := c.GetCallerIdentity(t.Context(), nil)
					return err
				}
			}
			err := ask(client(url, tc.by))
			var said interface{ ErrorCode() string }
			var status interface{ HTTPStatusCode() int }
			if !errors.As(err, &said) || said.ErrorCode() != tc.code || !errors.As(err, &status) || status.HTTPStatusCode() != tc.want {
				t.Errorf("got %v, want %s with status %d", err, tc.code, tc.want)
			}
		})
	}
}

// TestUnsigned holds what a request gets that is no SDK's.
func TestUnsigned(t *testing.T) {
	url, key := serve(t)
	for _, tc := range []struct {
		name, method, accept, bearer, body string
		status                             int
		want                               string
	}{
		{"unsigned", http.MethodPost, "", "", "", http.StatusForbidden, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>MissingAuthenticationToken</Code>
    <Message>Missing Authentication Token</Message>
  </Error>
  <RequestId>`},
		{"unsigned, for JSON", http.MethodPost, "application/json", "", "", http.StatusForbidden, `{"Error":{"Type":"Sender","Code":"MissingAuthenticationToken","Message":"Missing Authentication Token"},"RequestId":"`},
		{"another method", http.MethodPut, "", key.Bearer(), "", http.StatusMethodNotAllowed, "<Code>InvalidRequest</Code>"},
		{"no action", http.MethodPost, "", key.Bearer(), "", http.StatusBadRequest, "<Code>MissingAction</Code>"},
		{"no form", http.MethodPost, "", key.Bearer(), "Action=%zz", http.StatusBadRequest, "<Code>MalformedQueryString</Code>"},
		{"another version", http.MethodPost, "", key.Bearer(), "Action=GetCallerIdentity&Version=1", http.StatusBadRequest, "GetCallerIdentity, version 2011-06-15"},
		{"markup", http.MethodPost, "", key.Bearer(), "Action=<b>", http.StatusBadRequest, "operation &lt;b&gt; for"},
		{"too large", http.MethodPost, "", key.Bearer(), strings.Repeat("x", 100_000), http.StatusBadRequest, "more than 64 KiB"},
		{"by a bearer key", http.MethodPost, "", key.Bearer(), "Action=GetCallerIdentity&Version=2011-06-15", http.StatusOK, "<Arn>arn:aws:iam::123456789012:user/first-key</Arn>"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), tc.method, url, strings.NewReader(tc.body))
			if err != nil {
				t.Fatal(err)
			}
			if tc.accept != "" {
				r.Header.Set("Accept", tc.accept)
			}
			if tc.bearer != "" {
				r.Header.Set("Authorization", "Bearer "+tc.bearer)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			text, err := io.ReadAll(answer.Body)
			if err != nil || answer.StatusCode != tc.status || !strings.Contains(string(text), tc.want) || answer.Header.Get("X-Amzn-Requestid") == "" {
				t.Errorf("got %d %s %v, want %d and %s", answer.StatusCode, text, err, tc.status, tc.want)
			}
		})
	}
}
