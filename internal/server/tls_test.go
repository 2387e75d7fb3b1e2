// SPDX-License-Identifier: Apache-2.0

package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/waittest"
)

// writeCertificate writes a certificate of 127.0.0.1 that signs itself, and gives what trusts it.
func writeCertificate(t *testing.T, e Endpoint, name string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{e.Certificate: {Type: "CERTIFICATE", Bytes: der}, e.Key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	return pool
}

// TestTLS holds that HTTP is safe with a certificate, and that a new one is taken without a restart.
func TestTLS(t *testing.T) {
	settings, folder := testSettings(t), t.TempDir()
	settings.HTTP.Certificate, settings.HTTP.Key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	first := writeCertificate(t, settings.HTTP, "first")
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
	second := writeCertificate(t, settings.HTTP, "second")
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
