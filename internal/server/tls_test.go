// SPDX-License-Identifier: Apache-2.0

package server

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"strings"
	"testing"

	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/waittest"
)

// writeCertificate writes a certificate of 127.0.0.1 and its key into a folder, and gives what trusts it.
func writeCertificate(t *testing.T, folder string) (certtest.Files, *x509.CertPool) {
	t.Helper()
	authority := certtest.New(t)
	return authority.Write(folder, authority.Issue("127.0.0.1")), authority.Pool()
}

// TestTLS holds that HTTP is safe with a certificate, and that a new one is taken without a restart.
func TestTLS(t *testing.T) {
	settings, folder := testSettings(t), t.TempDir()
	files, first := writeCertificate(t, folder)
	settings.HTTP.Certificate, settings.HTTP.Key = files.Certificate, files.Key
	r := start(t, settings, nil)
	if !strings.HasPrefix(r.URL(), "https://") {
		t.Fatalf("URL %s", r.URL())
	}
	status := func(trusted *x509.CertPool) (int, error) {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: true, DisableKeepAlives: true}}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL()+"/restapis", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+r.key)
		answer, err := client.Do(request)
		if err != nil {
			return 0, err
		}
		if answer.ProtoMajor != 2 {
			t.Errorf("the answer comes by %s, want HTTP/2", answer.Proto)
		}
		return answer.StatusCode, answer.Body.Close()
	}
	if got, err := status(first); err != nil || got != http.StatusOK {
		t.Fatalf("%d, %v", got, err)
	}
	_, second := writeCertificate(t, folder)
	waittest.Until(t, "the new certificate is taken", func() bool {
		got, err := status(second)
		return err == nil && got == http.StatusOK
	})
	if err := os.WriteFile(settings.HTTP.Certificate, []byte("none"), 0o600); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "a bad certificate is said", func() bool { return strings.Contains(r.log.String(), "certificate not read; the one before goes on") })
	if got, err := status(second); err != nil || got != http.StatusOK {
		t.Errorf("with a bad certificate: %d, %v", got, err)
	}
}
