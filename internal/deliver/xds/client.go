// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/glob"
)

// maxNodeID is how long the id of a node may be, in bytes.
const maxNodeID = 256

// Grant says which gateways some clients may have.
type Grant struct {
	// Names is a glob of names of certificates.
	Names string
	// Gateways are globs of gateways.
	Gateways []string
}

// ParseGrant reads NAMES=GATEWAY,GATEWAY, such as spiffe://example.com/edge/*=default,shop-*.
func ParseGrant(text string) (Grant, error) {
	at := strings.LastIndexByte(text, '=')
	if at <= 0 || at == len(text)-1 {
		return Grant{}, fmt.Errorf("%q is not NAMES=GATEWAYS, such as *.edge.example.com=default", text)
	}
	grant := Grant{text[:at], strings.Split(text[at+1:], ",")}
	if slices.Contains(grant.Gateways, "") {
		return Grant{}, fmt.Errorf("%q has a gateway without a name", text)
	}
	return grant, nil
}

// client is who is at the other end of a stream.
type client struct {
	// names are those of its certificate; without TLS there are none, and trusted is set.
	names   []string
	trusted bool
	grants  []Grant
}

// clientKey is the key of the client in a context.
type clientKey struct{}

// withClient makes the client of a call known to what serves it.
func withClient(ctx context.Context, grants []Grant) context.Context {
	c := client{trusted: true}
	if p, ok := peer.FromContext(ctx); ok {
		if info, ok := p.AuthInfo.(credentials.TLSInfo); ok {
			c = client{grants: grants}
			if chains := info.State.VerifiedChains; len(chains) > 0 {
				c.names = names(chains[0][0])
			}
		}
	}
	return context.WithValue(ctx, clientKey{}, c)
}

// clientOf is the client of a call. One that nobody made known has no names.
func clientOf(ctx context.Context) client {
	c, _ := ctx.Value(clientKey{}).(client)
	return c
}

// names are the names of a certificate.
func names(certificate *x509.Certificate) []string {
	var names []string
	for _, uri := range certificate.URIs {
		names = append(names, uri.String())
	}
	names = append(names, certificate.DNSNames...)
	if len(names) == 0 && certificate.Subject.CommonName != "" {
		names = append(names, certificate.Subject.CommonName)
	}
	return names
}

// checkNode says why the client is not the node of an id.
func (c client) checkNode(id string) error {
	switch {
	case id == "":
		return status.Error(codes.InvalidArgument, "the node has no id; give Envoy one by node.id or --service-node")
	case len(id) > maxNodeID || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl):
		return status.Errorf(codes.InvalidArgument, "the id of the node is not a text of up to %d bytes", maxNodeID)
	case c.trusted || slices.ContainsFunc(c.names, func(name string) bool { return covers(name, id) }):
		return nil
	}
	return status.Errorf(codes.PermissionDenied, "the node %q is none of its certificate, which is of %s", id, list(c.names))
}

// covers reports whether a name of a certificate stands for a node.
func covers(name, id string) bool {
	if rest, found := strings.CutPrefix(id, name); found && name != "" && (rest == "" || rest[0] == '/') {
		return true
	}
	if coversInMesh(name, id) {
		return true
	}
	suffix, wild := strings.CutPrefix(name, "*")
	if !wild || !strings.HasPrefix(suffix, ".") {
		return false
	}
	host, _, _ := strings.Cut(id, "/")
	label, rest, found := strings.Cut(host, ".")
	return found && label != "" && "."+rest == suffix
}

// coversInMesh reports whether a name of a certificate is that of a workload of Istio, spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/ACCOUNT, and
// the node a proxy in the same namespace, KIND~IP~POD.NAMESPACE~NAMESPACE.DOMAIN. istiod takes such proxies, too, see
// checkConnectionIdentity in its pilot/pkg/xds/auth.go.
func coversInMesh(name, id string) bool {
	identity, isSPIFFE := strings.CutPrefix(name, "spiffe://")
	of, parts := strings.Split(identity, "/"), strings.Split(id, "~")
	if !isSPIFFE || len(of) != 5 || of[1] != "ns" || of[2] == "" || of[3] != "sa" || len(parts) != 4 {
		return false
	}
	namespace, _, _ := strings.Cut(parts[3], ".")
	return namespace == of[2] && strings.HasSuffix(parts[2], "."+namespace)
}

// checkGateway says why the client may not have the filter of a gateway.
func (c client) checkGateway(gateway string) error {
	if c.trusted || len(c.grants) == 0 {
		return nil
	}
	for _, grant := range c.grants {
		if slices.ContainsFunc(c.names, func(name string) bool { return glob.Match(grant.Names, name) }) &&
			slices.ContainsFunc(grant.Gateways, func(g string) bool { return glob.Match(g, gateway) }) {
			return nil
		}
	}
	return status.Errorf(codes.PermissionDenied, "the certificate of %s may not have gateway %q", list(c.names), readable(gateway, maxNodeID))
}

// list writes the names of a certificate.
func list(names []string) string {
	if len(names) == 0 {
		return "nobody"
	}
	return strings.Join(names, ", ")
}

// envoyVersion is the version that a node says it is of.
func envoyVersion(n *core.Node) string {
	if v := n.GetUserAgentBuildVersion().GetVersion(); v != nil {
		return fmt.Sprintf("%d.%d.%d", v.GetMajorNumber(), v.GetMinorNumber(), v.GetPatch())
	}
	return readable(n.GetUserAgentVersion(), maxNodeID)
}
