// SPDX-License-Identifier: Apache-2.0

package auth_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
)

// TestNewCredentials holds the form of access keys, and that no two are alike.
func TestNewCredentials(t *testing.T) {
	id, secret := regexp.MustCompile(`^GWRA[A-Z2-7]{16}$`), regexp.MustCompile(`^[A-Za-z0-9]{40}$`)
	seen := map[string]bool{}
	letters := map[rune]int{}
	for range 1000 {
		made := auth.NewCredentials()
		if !id.MatchString(made.ID) || !secret.MatchString(made.Secret) || seen[made.ID] || seen[made.Secret] {
			t.Fatalf("made %q, %q", made.ID, made.Secret)
		}
		seen[made.ID], seen[made.Secret] = true, true
		for _, c := range made.Secret {
			letters[c]++
		}
		if text := fmt.Sprintf("%v %+v %s", made, made, made); strings.Contains(text, made.Secret) {
			t.Errorf("printed with its secret: %s", text)
		}
		if got, ok := auth.ParseBearer(made.Bearer()); !ok || got != made {
			t.Errorf("ParseBearer(%q) = %v, %v", made.Bearer(), got, ok)
		}
	}
	// 40,000 characters of 62: 645 of each are expected, with a deviation of 25.
	for c, n := range letters {
		if n < 500 || n > 800 {
			t.Errorf("%q came %d times in 40,000, want about 645", c, n)
		}
	}
}

// FuzzParseBearer holds that what is taken for a bearer key is what Bearer makes of it.
func FuzzParseBearer(f *testing.F) {
	f.Add(auth.NewCredentials().Bearer())
	f.Add("gwr_GWRAAAAAAAAAAAAAAAAA_" + strings.Repeat("x", 40))
	f.Add("gwr_AKIAIOSFODNN7EXAMPLE_" + strings.Repeat("x", 40))
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := auth.ParseBearer(text)
		if ok && (got.Bearer() != text || !auth.IsKeyID(got.ID)) {
			t.Errorf("ParseBearer(%q) = %+v", text, got)
		}
	})
}

// TestSeal holds that a sealed secret opens with the same key and for the same purpose only.
func TestSeal(t *testing.T) {
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	other, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	sealed := sealer.Seal([]byte("open sesame"), "GWRA1")
	if strings.Contains(string(sealed), "sesame") || string(sealed) == string(sealer.Seal([]byte("open sesame"), "GWRA1")) {
		t.Error("the secret can be read, or is sealed alike twice")
	}
	if secret, err := sealer.Open(sealed, "GWRA1"); err != nil || string(secret) != "open sesame" {
		t.Errorf("Open: %q, %v", secret, err)
	}
	if _, err := sealer.Open(sealed, "GWRA2"); !errors.Is(err, auth.ErrSealed) {
		t.Errorf("for another purpose: %v", err)
	}
	if _, err := other.Open(sealed, "GWRA1"); !errors.Is(err, auth.ErrSealed) {
		t.Errorf("with another key: %v", err)
	}
	for i := range sealed {
		changed := []byte(string(sealed))
		changed[i] ^= 1
		if _, err := sealer.Open(changed, "GWRA1"); !errors.Is(err, auth.ErrSealed) {
			t.Errorf("with byte %d changed: %v", i, err)
		}
	}
	if _, err := sealer.Open(nil, "GWRA1"); !errors.Is(err, auth.ErrSealed) {
		t.Errorf("nothing: %v", err)
	}
	if _, err := auth.NewSealer([]byte("short")); err == nil || err.Error() != "the sealing key has 5 bytes, not 32" {
		t.Errorf("a short key: %v", err)
	}
}
