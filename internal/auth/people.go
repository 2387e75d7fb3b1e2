// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"fmt"
	"regexp"
	"strings"

	"gatewayresponses/internal/glob"
)

// People says what people may do whom a provider of OpenID Connect signs in. The zero value lets nobody in.
type People struct {
	// Issuer is the provider: the URL that it names itself by.
	Issuer string
	// Grants are what values of the claim give.
	Grants []Grant
}

// Grant gives rights to people of whom the provider says something.
type Grant struct {
	// Value is a glob of values of the claim. The glob * is everybody whom the provider signs in, also without any value.
	Value  string
	Rights Rights
}

// everybody is the glob that people without values match, too.
const everybody = "*"

// grantForm is VALUE=ROLE,apis=GLOB,hosts=GLOB. A value may hold = and commas, as the names of groups in LDAP do.
var grantForm = regexp.MustCompile(`^(.+?)=(read|edit|deploy|admin)((?:,(?:apis|hosts)=[^,=]*)*)$`)

// ParseGrant reads a grant as a flag has it: VALUE=ROLE, then any number of ,apis=GLOB and ,hosts=GLOB.
func ParseGrant(text string) (Grant, error) {
	parts := grantForm.FindStringSubmatch(text)
	if parts == nil {
		return Grant{}, fmt.Errorf("%q is not VALUE=ROLE, such as platform=admin or shop-team=edit,apis=shop-*,hosts=*.shop.example.com; a role is %s, %s, %s or %s",
			text, Read, Edit, Deploy, Admin)
	}
	grant := Grant{Value: parts[1], Rights: Rights{Role: Role(parts[2])}}
	for option := range strings.SplitSeq(strings.TrimPrefix(parts[3], ","), ",") {
		switch name, value, _ := strings.Cut(option, "="); name {
		case "apis":
			grant.Rights.APIs = append(grant.Rights.APIs, value)
		case "hosts":
			grant.Rights.Hosts = append(grant.Rights.Hosts, value)
		}
	}
	if err := grant.Rights.Check(); err != nil {
		return Grant{}, fmt.Errorf("%q: %w", text, err)
	}
	return grant, nil
}

// Rights are those of a person of whom an issuer says these values: of all grants that match, together. It reports whether there are any.
func (p People) Rights(issuer string, values []string) (Rights, bool) {
	if issuer != p.Issuer {
		return Rights{}, false
	}
	var given []Rights
	for _, grant := range p.Grants {
		if grant.matches(values) {
			given = append(given, grant.Rights)
		}
	}
	return Union(given...), len(given) > 0
}

// Matches reports whether a value gives something by itself.
func (p People) Matches(value string) bool {
	for _, grant := range p.Grants {
		if glob.Match(grant.Value, value) {
			return true
		}
	}
	return false
}

func (g Grant) matches(values []string) bool {
	if g.Value == everybody {
		return true
	}
	for _, value := range values {
		if glob.Match(g.Value, value) {
			return true
		}
	}
	return false
}
