// SPDX-License-Identifier: Apache-2.0

package oidc

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
)

// Settings are which provider signs people in, and how.
type Settings struct {
	// Issuer is the URL that the provider names itself by; empty for none.
	Issuer string
	// ClientID is what the provider knows the server by, and SecretFile the file of the secret that it gave; empty for a client
	// without one. The file is read for each sign-in, so that the secret can be changed.
	ClientID, SecretFile string
	// Scopes are what is asked for, with spaces between; openid is asked for in any case.
	Scopes string
	// Claim is what gives rights: a member of the ID token, or a path to one with dots.
	Claim string
	// PublicURL is where browsers find the server, such as https://gwrd.example.com.
	PublicURL string
}

// CallbackPath is where the provider sends browsers back to.
const CallbackPath = "/console/sign-in/oidc/callback"

// Check finds settings that sign nobody in, or would let others listen.
func (s Settings) Check() error {
	if s.Issuer == "" {
		if s.ClientID != "" || s.SecretFile != "" {
			return errors.New("--oidc-client-id and --oidc-client-secret-file need --oidc-issuer")
		}
		return nil
	}
	issuer, err := url.Parse(s.Issuer)
	if err != nil || !isSafe(issuer) || issuer.User != nil || issuer.RawQuery != "" || issuer.Fragment != "" || strings.Contains(s.Issuer, "|") {
		return fmt.Errorf("--oidc-issuer %q should be the issuer as the provider writes it, such as https://id.example.com/realms/staff", s.Issuer)
	}
	if s.ClientID == "" {
		return errors.New("--oidc-issuer needs --oidc-client-id")
	}
	if s.Claim == "" {
		return errors.New("--oidc-claim should name a claim, such as groups")
	}
	public, err := url.Parse(s.PublicURL)
	if err != nil || !isSafe(public) || public.User != nil || strings.Trim(public.Path, "/") != "" || public.RawQuery != "" || public.Fragment != "" {
		return fmt.Errorf("--oidc-issuer needs --public-url, where browsers find the server, such as https://gwrd.example.com, not %q", s.PublicURL)
	}
	_, err = s.secret()
	return err
}

// isSafe reports whether nobody between can read or change what is sent to a URL.
func isSafe(u *url.URL) bool {
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname()))
}

// isLoopback reports whether a host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// public is the URL of a path, as browsers find it.
func (s Settings) public(path string) string { return strings.TrimRight(s.PublicURL, "/") + path }

// maxSecret is the size of the largest file of a secret, in bytes.
const maxSecret = 64 << 10

// secret is what the provider gave, "" for nothing.
func (s Settings) secret() (string, error) {
	if s.SecretFile == "" {
		return "", nil
	}
	text, err := os.ReadFile(s.SecretFile)
	if err != nil {
		return "", fmt.Errorf("--oidc-client-secret-file: %w", err)
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" || len(text) > maxSecret {
		return "", fmt.Errorf("--oidc-client-secret-file: %s has %d bytes; it should hold the secret of the client, and nothing else", s.SecretFile, len(text))
	}
	return secret, nil
}
