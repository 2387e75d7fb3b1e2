// SPDX-License-Identifier: Apache-2.0

package console

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzPageOfOurs holds that signing in leads to nowhere but a page of the console, as browsers read addresses.
func FuzzPageOfOurs(f *testing.F) {
	for _, to := range []string{"/console/audit?before=7", "//evil.example/console/", `/\evil.example/console/`, "/console/\t//evil", "https://evil.example/console/", "/console/#x"} {
		f.Add(to)
	}
	base, err := url.Parse("https://gwrd.example/console/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, to string) {
		got := pageOfOurs(to)
		if !strings.HasPrefix(got, "/console/") || strings.ContainsAny(got, "\\\t\r\n ") {
			t.Errorf("%q leads to %q", to, got)
		}
		if there, err := base.Parse(got); err != nil || there.Host != base.Host || there.Scheme != "https" {
			t.Errorf("%q leads to %v, %v", to, there, err)
		}
		if again := pageOfOurs(got); again != got {
			t.Errorf("%q is %q, and that %q", to, got, again)
		}
	})
}
