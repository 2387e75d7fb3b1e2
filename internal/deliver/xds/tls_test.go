// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc/credentials"
)

// authority signs certificates.
type authority struct {
	t    *testing.T
	pair tls.Certificate
	leaf *x509.Certificate
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	a.pair, a.leaf = a.sign(&x509.Certificate{Subject: pkix.Name{CommonName: "CA"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	return a
}

// sign makes a certificate, signed by itself when it is the first.
func (a *authority) sign(template *x509.Certificate) (tls.Certificate, *x509.Certificate) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := template, any(key)
	if a.leaf != nil {
		parent, signer = a.leaf, a.pair.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		a.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, leaf
}

// client are the credentials of a client whose certificate has names: URIs with a scheme, or DNS names.
func (a *authority) client(names ...string) credentials.TransportCredentials {
	a.t.Helper()
	template := &x509.Certificate{Subject: pkix.Name{CommonName: "common"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	for _, name := range names {
		if uri, err := url.Parse(name); err == nil && uri.Scheme != "" {
			template.URIs = append(template.URIs, uri)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	pair, _ := a.sign(template)
	return credentials.NewTLS(&tls.Config{ServerName: "gwrd.example.com", RootCAs: a.pool(), Certificates: []tls.Certificate{pair}})
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.leaf)
	return pool
}

// files writes what a server needs into a folder.
func (a *authority) files(folder string) TLS {
	a.t.Helper()
	pair, _ := a.sign(&x509.Certificate{DNSNames: []string{"gwrd.example.com"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		a.t.Fatal(err)
	}
	files := TLS{filepath.Join(folder, "tls.crt"), filepath.Join(folder, "tls.key"), filepath.Join(folder, "ca.crt")}
	for path, block := range map[string]*pem.Block{
		files.Certificate: {Type: "CERTIFICATE", Bytes: pair.Certificate[0]},
		files.Key:         {Type: "PRIVATE KEY", Bytes: key},
		files.ClientCA:    {Type: "CERTIFICATE", Bytes: a.leaf.Raw},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	return files
}

// ask asks for gateway "default" with credentials, as the node of an id.
func ask(t *testing.T, address string, creds credentials.TransportCredentials, id string) error {
	t.Helper()
	stream, err := extension.NewExtensionConfigDiscoveryServiceClient(dial(t, address, creds)).DeltaExtensionConfigs(t.Context())
	if err != nil {
		return err
	}
	if err := stream.Send(firstRequest(id)); err != nil {
		return err
	}
	_, err = stream.Recv()
	return err
}

// TestCertificates says which nodes certificates stand for, and which gateways they may have.
func TestCertificates(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	files := a.files(t.TempDir())
	stranger, _ := other.sign(&x509.Certificate{DNSNames: []string{"edge-1"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	address, _ := serve(t, Options{Source: newFleets(gateway("default", 1)), Watcher: newNodes(), TLS: &files, Grants: []Grant{
		{"spiffe://example.com/*", []string{"shop", "def*"}}, {"*.edge.example.com", []string{"default"}}, {"edge-1", []string{"default"}}, {"common", []string{"shop"}},
	}})
	for _, tc := range []struct {
		name  string
		creds credentials.TransportCredentials
		id    string
		want  string // "" when it gets the document
	}{
		{"a URI", a.client("spiffe://example.com/edge"), "spiffe://example.com/edge", ""},
		{"below a URI", a.client("spiffe://example.com/edge"), "spiffe://example.com/edge/pod-1", ""},
		{"beside a URI", a.client("spiffe://example.com/edge"), "spiffe://example.com/edge2", `the node "spiffe://example.com/edge2" is none of its certificate, which is of spiffe://example.com/edge`},
		{"a DNS name", a.client("edge-1"), "edge-1", ""},
		{"a label", a.client("*.edge.example.com"), "eu.edge.example.com", ""},
		{"two labels", a.client("*.edge.example.com"), "a.eu.edge.example.com", "is none of its certificate"},
		{"the second name", a.client("spiffe://example.com/x", "edge-1"), "edge-1", ""},
		{"the common name beside others", a.client("edge-1"), "common", "is none of its certificate"},
		{"a gateway that is not granted", a.client(), "common", `the certificate of common may not have gateway "default"`},
		{"another CA", credentials.NewTLS(&tls.Config{ServerName: "gwrd.example.com", RootCAs: a.pool(), Certificates: []tls.Certificate{stranger}}), "edge-1", "code = Unavailable"},
		{"no certificate", credentials.NewTLS(&tls.Config{ServerName: "gwrd.example.com", RootCAs: a.pool()}), "edge-1", "code = Unavailable"},
		{"no TLS", nil, "edge-1", "code = Unavailable"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := ask(t, address, tc.creds, tc.id)
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

// TestCertificatesAnew replaces the files: who comes then sees the new ones; broken ones change nothing.
func TestCertificatesAnew(t *testing.T) {
	before, after := newAuthority(t), newAuthority(t)
	folder := t.TempDir()
	files := before.files(folder)
	log := &buffer{}
	address, _ := serve(t, Options{Source: newFleets(gateway("default", 1)), Watcher: newNodes(), TLS: &files, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err := ask(t, address, before.client("edge-1"), "edge-1"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files.ClientCA, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the log says what is wrong", func() bool { return strings.Contains(log.String(), "there is no certificate in it") })
	if err := ask(t, address, before.client("edge-1"), "edge-1"); err != nil {
		t.Error(err)
	}
	after.files(folder)
	eventually(t, "the certificates are read again", func() bool {
		return ask(t, address, after.client("edge-1"), "edge-1") == nil && strings.Contains(log.String(), "were read again")
	})
	if err := ask(t, address, before.client("edge-1"), "edge-1"); err == nil {
		t.Error("a client of the CA before got the document")
	}
}

// TestOpenListener: without TLS the server does not listen where others come.
func TestOpenListener(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	err = New(Options{Source: newFleets(), Watcher: newNodes()}).Serve(t.Context(), l)
	if err == nil || !strings.Contains(err.Error(), "is not a loopback address, and there is no TLS") {
		t.Errorf("got %v", err)
	}
	if _, err := l.Accept(); err == nil {
		t.Error("the listener is still open")
	}
}

func TestParseGrant(t *testing.T) {
	got, err := ParseGrant("spiffe://example.com/a=b/*=default,shop-*")
	if err != nil || got.Names != "spiffe://example.com/a=b/*" || strings.Join(got.Gateways, " ") != "default shop-*" {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, text := range []string{"", "a", "=a", "a=", "a=b,,c"} {
		if got, err := ParseGrant(text); err == nil {
			t.Errorf("ParseGrant(%q) = %+v, want an error", text, got)
		}
	}
}
