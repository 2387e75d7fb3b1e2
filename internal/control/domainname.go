// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/store"
)

// gatewayTag is the tag of a domain name that names its gateway.
const gatewayTag = "gateway"

// gatewayOf is the gateway that the tags of a domain name ask for.
func gatewayOf(tags map[string]string) string {
	if name := tags[gatewayTag]; name != "" {
		return name
	}
	return DefaultGateway
}

// hostName is a domain name as records have it: hosts have no case.
func hostName(name string) string { return strings.ToLower(name) }

// lookupDomain reads a domain name.
func lookupDomain(r store.Reader, name string) (d domain, err error) {
	d.ETag, err = lookup(r, domainKey(name), &d, apigateway.NotFound("Invalid domain name identifier specified"))
	return d, err
}

// CreateDomainName makes a domain name: a host, all hosts below one ("*.example.com"), or every host (AnyHost). Its tag "gateway" names the
// gateway whose documents it goes to, the default one without it. Nothing secret of its certificates is kept.
func (c *Control) CreateDomainName(ctx context.Context, by Caller, in apigateway.CreateDomainNameInput) (out apigateway.DomainName, err error) {
	host := hostName(value(in.DomainName))
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	if err := checkHost(host); err != nil {
		return out, err
	}
	if err := checkTags(in.Tags); err != nil {
		return out, err
	}
	made := domain{DomainName: newDomainName(host, in), Gateway: gatewayOf(in.Tags)}
	made.CertificateUploadDate = c.now() // Terraform's provider ends without it
	if err := c.refuse(nil, apigateway.DomainNameEffects(made.DomainName)); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "CreateDomainName", func(t *change) error {
		if err := checkGateway(t, made.Gateway); err != nil {
			return err
		}
		if err := quotaDomains.room(t, ""); err != nil {
			return err
		}
		err := t.insert(domainKey(host), made.Gateway, made)
		if errors.Is(err, store.ErrExists) {
			return apigateway.Conflict("The domain name you provided already exists.")
		}
		return err
	})
	out = made.DomainName
	out.ETag = etagOf(1)
	return out, err
}

// newDomainName is the domain name that an input describes, with AWS's defaults.
func newDomainName(host string, in apigateway.CreateDomainNameInput) apigateway.DomainName {
	made := apigateway.DomainName{
		DomainName:                          host,
		CertificateName:                     value(in.CertificateName),
		CertificateARN:                      value(in.CertificateARN),
		RegionalCertificateName:             value(in.RegionalCertificateName),
		RegionalCertificateARN:              value(in.RegionalCertificateARN),
		EndpointConfiguration:               endpoint(in.EndpointConfiguration),
		DomainNameStatus:                    "AVAILABLE",
		SecurityPolicy:                      or(in.SecurityPolicy, "TLS_1_2"),
		EndpointAccessMode:                  value(in.EndpointAccessMode),
		Tags:                                in.Tags,
		OwnershipVerificationCertificateARN: value(in.OwnershipVerificationCertificateARN),
		Policy:                              value(in.Policy),
		RoutingMode:                         or(in.RoutingMode, "BASE_PATH_MAPPING_ONLY"),
	}
	if tls := in.MutualTLSAuthentication; tls != nil {
		made.MutualTLSAuthentication = &apigateway.MutualTLSAuthentication{TruststoreURI: tls.TruststoreURI, TruststoreVersion: tls.TruststoreVersion}
	}
	return made
}

// maxHost is how long a domain name may be, in bytes, as in DNS.
const maxHost = 253

// hostLetters are what domain names are made of in a request, IPv6 addresses among them. Others are there in Punycode.
const hostLetters = "abcdefghijklmnopqrstuvwxyz0123456789-_.:[]"

// checkHost refuses what names no host.
func checkHost(host string) error {
	if host == AnyHost {
		return nil
	}
	if len(host) > maxHost {
		return apigateway.BadRequest("Invalid domain name: it has %d bytes, and %d at most", len(host), maxHost)
	}
	if flaw := grammar.CheckHost(host); flaw != nil {
		return apigateway.BadRequest("Invalid domain name: %s", flaw.Message)
	}
	name := strings.TrimPrefix(host, "*.")
	if strings.Trim(name, hostLetters) != "" || strings.HasPrefix(name, ".") || strings.Contains(name, "..") {
		return apigateway.BadRequest("Invalid domain name: %q is not the name of a host; it is labels of letters, digits, - and _, joined by single dots, other letters in Punycode", host)
	}
	return nil
}

// checkGateway refuses a gateway that is not there.
func checkGateway(r store.Reader, name string) error {
	_, err := readGateway(r, name)
	if errors.Is(err, store.ErrNotFound) {
		return apigateway.BadRequest("There is no gateway %q", name)
	}
	return err
}

// GetDomainName gives a domain name.
func (c *Control) GetDomainName(ctx context.Context, by Caller, in apigateway.GetDomainNameInput) (out apigateway.DomainName, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Read, host, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		d, err := lookupDomain(r, host)
		out = d.DomainName
		return err
	})
	return out, err
}

// GetDomainNames lists the domain names that the caller may read.
func (c *Control) GetDomainNames(ctx context.Context, by Caller, in apigateway.GetDomainNamesInput) (out apigateway.DomainNames, err error) {
	if err := anywhere(by, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		found, next, err := page(r, "domain", "", in.Position, in.Limit, func(record store.Record, _ *domain) bool {
			return by.Rights.MayHost(auth.Read, record.Name)
		})
		out = apigateway.DomainNames{Position: next}
		for _, d := range found {
			out.Items = append(out.Items, d.DomainName)
		}
		return err
	})
	return out, err
}

// UpdateDomainName changes the settings of a domain name.
func (c *Control) UpdateDomainName(ctx context.Context, by Caller, in apigateway.UpdateDomainNameInput) (out apigateway.DomainName, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateDomainName", func(t *change) error {
		d, err := lookupDomain(t, host)
		if err != nil {
			return err
		}
		if err := c.match(t, by, domainKey(host)); err != nil {
			return err
		}
		before := apigateway.DomainNameEffects(d.DomainName)
		if d.DomainName, err = apigateway.PatchDomainName(d.DomainName, in.PatchOperations); err != nil {
			return err
		}
		if err := c.refuse(before, apigateway.DomainNameEffects(d.DomainName)); err != nil {
			return err
		}
		if d.ETag, err = t.replace(domainKey(host), d.Gateway, d); err != nil {
			return err
		}
		out = d.DomainName
		return nil
	})
	return out, err
}

// DeleteDomainName removes a domain name with its base path mappings, and releases its gateway.
func (c *Control) DeleteDomainName(ctx context.Context, by Caller, in apigateway.DeleteDomainNameInput) (out apigateway.Empty, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteDomainName", func(t *change) error {
		d, err := lookupDomain(t, host)
		if err != nil {
			return err
		}
		if err := c.match(t, by, domainKey(host)); err != nil {
			return err
		}
		mappings, err := t.List("mapping", host, "", 0)
		if err != nil {
			return err
		}
		for _, m := range mappings {
			if err := t.remove(m.Key); err != nil {
				return err
			}
		}
		if err := t.remove(domainKey(host)); err != nil {
			return err
		}
		return c.release(t, by, "domain "+host, d.Gateway)
	})
}

// moveDomain stores a domain name with another gateway, and releases both.
func (c *Control) moveDomain(t *change, by Caller, d domain, gateway string) error {
	if err := checkGateway(t, gateway); err != nil {
		return err
	}
	before := d.Gateway
	d.Gateway = gateway
	if err := t.update(domainKey(d.DomainName.DomainName), gateway, d); err != nil {
		return err
	}
	if before == gateway {
		return nil
	}
	return c.release(t, by, "domain "+d.DomainName.DomainName, before, gateway)
}
