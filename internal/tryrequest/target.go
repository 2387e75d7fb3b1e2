// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Target is an Envoy that requests can be sent through.
type Target struct {
	// Gateway is the gateway whose document it runs, Name tells it from others of that gateway.
	Gateway, Name string
	// URL is its scheme, host and port, such as http://127.0.0.1:10000. The host is looked up for each request.
	URL string
}

// targetName is what gateways and targets may be called.
var targetName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// ParseTarget reads GATEWAY/NAME=URL, such as default/edge=http://127.0.0.1:10000.
func ParseTarget(text string) (Target, error) {
	name, address, _ := strings.Cut(text, "=")
	gateway, name, _ := strings.Cut(name, "/")
	if !targetName.MatchString(gateway) || !targetName.MatchString(name) || address == "" {
		return Target{}, fmt.Errorf("%q is not GATEWAY/NAME=URL, such as default/edge=http://127.0.0.1:10000; names have a to z, 0 to 9 and \"-\"", text)
	}
	at, err := parseURL(address)
	if err != nil {
		return Target{}, fmt.Errorf("%q %w; give scheme, host and port alone, such as http://127.0.0.1:10000", address, err)
	}
	return Target{gateway, name, at}, nil
}

// parseURL reads a URL that has a scheme, a host and a port, and gives it with its port.
func parseURL(text string) (string, error) {
	at, err := url.Parse(text)
	switch {
	case err != nil:
		return "", errors.New("is no URL")
	case at.Scheme != "http" && at.Scheme != "https":
		return "", errors.New("does not begin with http:// or https://")
	case at.Hostname() == "":
		return "", errors.New("has no host")
	case at.User != nil:
		return "", errors.New("has a user")
	case at.Path != "" && at.Path != "/", at.RawQuery != "", at.ForceQuery, strings.Contains(text, "#"):
		return "", errors.New("has a path or more")
	}
	port := cmp.Or(at.Port(), map[string]string{"http": "80", "https": "443"}[at.Scheme])
	if number, err := strconv.ParseUint(port, 10, 16); err != nil || number == 0 {
		return "", errors.New("has no port from 1 to 65535")
	}
	return at.Scheme + "://" + net.JoinHostPort(at.Hostname(), port), nil
}
