// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// certified is a document whose reply quotes all that can be known of a client's certificate.
const certified = `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json":
  "{\"subject\":$context.identity.clientCert.subjectDN,\"issuer\":$context.identity.clientCert.issuerDN,\"serial\":$context.identity.clientCert.serialNumber,\"from\":$context.identity.clientCert.validity.notBefore,\"to\":$context.identity.clientCert.validity.notAfter,\"pem\":$context.identity.clientCert.clientCertPem,\"tls\":\"$context.envoy.attribute.connection.tls_version\",\"mtls\":\"$context.envoy.attribute.connection.mtls\",\"san\":\"$context.envoy.attribute.connection.dns_san_peer_certificate\"}"}}}}`

// TestClientCertificate connects with a certificate, and asks for its fields as the manual of the package config says.
func TestClientCertificate(t *testing.T) {
	from, to := time.Now().Add(-time.Hour).UTC().Truncate(time.Second), time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	authority := issue(t, nil, &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotBefore: from, NotAfter: to,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	})
	server := issue(t, &authority, &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: from, NotAfter: to, IPAddresses: []net.IP{{127, 0, 0, 1}}})
	client := issue(t, &authority, &x509.Certificate{
		SerialNumber: big.NewInt(0x0a1b), NotBefore: from, NotAfter: to, DNSNames: []string{"client.example.com"},
		Subject: pkix.Name{CommonName: `a "b"`, Organization: []string{"Example"}},
	})
	settings := envoyrun.Settings{NoCompanions: true, Listeners: []envoyrun.Listener{envoytest.Listener(t, "gateway", certified)}}
	var filters strings.Builder
	for _, state := range [][2]string{
		{"issuerDN", "%DOWNSTREAM_PEER_ISSUER%"},
		{"serialNumber", "%DOWNSTREAM_PEER_SERIAL%"},
		{"validity.notBefore", "%DOWNSTREAM_PEER_CERT_V_START(%b %e %H:%M:%S %Y GMT)%"},
		{"validity.notAfter", "%DOWNSTREAM_PEER_CERT_V_END(%b %e %H:%M:%S %Y GMT)%"},
		{"clientCertPem", "%DOWNSTREAM_PEER_CERT%"},
	} {
		filters.WriteString(filterStateFilter("gateway_responses.clientCert."+state[0], state[1]))
	}
	settings.Listeners[0].Before = filters.String() + denialFilter
	const chain = "    filter_chains:\n    - filters:\n"
	p := envoytest.StartFrom(t, []byte(strings.Replace(string(envoytest.Template), chain, "    filter_chains:\n    - transport_socket: "+
		server.transportSocket(authority)+"\n      filters:\n", 1)), settings)

	pool := x509.NewCertPool()
	pool.AddCert(authority.certificate)
	caller := http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: pool, Certificates: []tls.Certificate{{Certificate: [][]byte{client.certificate.Raw}, PrivateKey: client.key}},
	}}}
	defer caller.CloseIdleConnections()
	received, err := caller.Get("https://" + p.Address(t, "gateway") + "/ok")
	if err != nil {
		t.Fatal(err)
	}
	defer received.Body.Close()
	var got map[string]string
	if err := json.Unmarshal(envoytest.ReadReply(t, received).Body, &got); err != nil {
		t.Fatal(err)
	}
	const layout = "Jan _2 15:04:05 2006 GMT"
	want := map[string]string{
		"subject": `CN=a \"b\",O=Example`, "issuer": "CN=authority", "serial": "0a1b", "from": from.Format(layout), "to": to.Format(layout),
		"pem": url.PathEscape(client.pem), "tls": "TLSv1.3", "mtls": "true", "san": "client.example.com",
	}
	if decoded, err := url.PathUnescape(got["pem"]); err == nil && decoded == client.pem {
		want["pem"] = got["pem"] // Envoy escapes more than it would have to.
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the certificate (-want +got):\n%s", diff)
	}
}

// issued is a certificate with its key.
type issued struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	// pem is the certificate as text.
	pem string
}

// issue signs a certificate; without an issuer it signs itself.
func issue(t *testing.T, issuer *issued, template *x509.Certificate) issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	parent, signer := template, key
	if issuer != nil {
		parent, signer = issuer.certificate, issuer.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return issued{certificate, key, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}
}

// transportSocket is that of a listener which wants a certificate by an authority.
func (c issued) transportSocket(authority issued) string {
	der, err := x509.MarshalPKCS8PrivateKey(c.key)
	if err != nil {
		panic(err)
	}
	key := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return fmt.Sprintf(`{name: tls, typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext, `+
		`require_client_certificate: true, common_tls_context: {`+
		`tls_certificates: [{certificate_chain: {inline_string: %s}, private_key: {inline_string: %s}}], `+
		`validation_context: {trusted_ca: {inline_string: %s}}}}}`,
		strconv.Quote(c.pem), strconv.Quote(string(key)), strconv.Quote(authority.pem))
}
