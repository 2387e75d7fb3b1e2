// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"crypto/tls"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"

	extension "github.com/envoyproxy/go-control-plane/envoy/service/extension/v3"
	"google.golang.org/grpc/credentials"

	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/waittest"

	"gatewayresponses/internal/deliver/delivertest"
)

// credentialsOf are those of a client with a certificate, nil for none, that trusts an authority.
func credentialsOf(trusted *certtest.Authority, certificates ...tls.Certificate) credentials.TransportCredentials {
	return credentials.NewTLS(&tls.Config{ServerName: "gwrd.example.com", RootCAs: trusted.Pool(), Certificates: certificates})
}

// issued are the credentials of a client that an authority gave names.
func issued(a *certtest.Authority, names ...string) credentials.TransportCredentials {
	return credentialsOf(a, a.Issue(names...))
}

// serverFiles are the files of a server in a folder.
func serverFiles(a *certtest.Authority, folder string) TLS {
	files := a.Write(folder, a.Issue("gwrd.example.com"))
	return TLS{files.Certificate, files.Key, files.CA}
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
	a, other := certtest.New(t), certtest.New(t)
	files := serverFiles(a, t.TempDir())
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: delivertest.NewWatcher(), TLS: &files, Grants: []Grant{
		{"spiffe://example.com/*", []string{"shop", "def*"}}, {"*.edge.example.com", []string{"default"}}, {"edge-1", []string{"default"}}, {"common", []string{"shop"}},
	}})
	for _, tc := range []struct {
		name  string
		creds credentials.TransportCredentials
		id    string
		want  string // "" when it gets the document
	}{
		{"a URI", issued(a, "spiffe://example.com/edge"), "spiffe://example.com/edge", ""},
		{"below a URI", issued(a, "spiffe://example.com/edge"), "spiffe://example.com/edge/pod-1", ""},
		{"beside a URI", issued(a, "spiffe://example.com/edge"), "spiffe://example.com/edge2", `the node "spiffe://example.com/edge2" is none of its certificate, which is of spiffe://example.com/edge`},
		{"a DNS name", issued(a, "edge-1"), "edge-1", ""},
		{"a label", issued(a, "*.edge.example.com"), "eu.edge.example.com", ""},
		{"two labels", issued(a, "*.edge.example.com"), "a.eu.edge.example.com", "is none of its certificate"},
		{"the second name", issued(a, "spiffe://example.com/x", "edge-1"), "edge-1", ""},
		{"a proxy of Istio", issued(a, "spiffe://example.com/ns/shop/sa/default"), "sidecar~10.0.0.1~cart-1.shop~shop.svc.cluster.local", ""},
		{"a proxy of Istio in another namespace", issued(a, "spiffe://example.com/ns/shop/sa/default"), "sidecar~10.0.0.1~cart-1.pay~pay.svc.cluster.local", "is none of its certificate"},
		{"a proxy of Istio in two namespaces", issued(a, "spiffe://example.com/ns/shop/sa/default"), "sidecar~10.0.0.1~cart-1.pay~shop.svc.cluster.local", "is none of its certificate"},
		{"a proxy of Istio, and a name that is no workload's", issued(a, "spiffe://example.com/shop"), "sidecar~10.0.0.1~cart-1.shop~shop.svc.cluster.local", "is none of its certificate"},
		{"the common name beside others", issued(a, "edge-1"), "common", "is none of its certificate"},
		{"a gateway that is not granted", issued(a), "common", `the certificate of common may not have gateway "default"`},
		{"another CA", credentialsOf(a, other.Issue("edge-1")), "edge-1", "code = Unavailable"},
		{"no certificate", credentialsOf(a), "edge-1", "code = Unavailable"},
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
	before, after := certtest.New(t), certtest.New(t)
	folder := t.TempDir()
	files := serverFiles(before, folder)
	log := &waittest.Text{}
	address, _ := serve(t, Options{Source: delivertest.NewSource(delivertest.Gateway("default", 1)), Watcher: delivertest.NewWatcher(), TLS: &files, Log: slog.New(slog.NewTextHandler(log, nil))})
	if err := ask(t, address, issued(before, "edge-1"), "edge-1"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files.ClientCA, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the log says what is wrong", func() bool { return strings.Contains(log.String(), "there is no certificate in it") })
	if err := ask(t, address, issued(before, "edge-1"), "edge-1"); err != nil {
		t.Error(err)
	}
	serverFiles(after, folder)
	waittest.Until(t, "the certificates are read again", func() bool {
		return ask(t, address, issued(after, "edge-1"), "edge-1") == nil && strings.Contains(log.String(), "were read again")
	})
	if err := ask(t, address, issued(before, "edge-1"), "edge-1"); err == nil {
		t.Error("a client of the CA before got the document")
	}
}

// TestOpenListener: without TLS the server does not listen where others come.
func TestOpenListener(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	err = New(Options{Source: delivertest.NewSource(), Watcher: delivertest.NewWatcher()}).Serve(t.Context(), l)
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
