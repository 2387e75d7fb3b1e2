// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strings"
	"testing"

	"gatewayresponses/internal/code"
)

// The hashes of what stands in the pages of tests, as openssl has them.
const (
	hashOfA    = "sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs="
	hashOfB    = "sha256-PiPoFgA5WUoziU9lZOGxNIu9egCI1CxKy3PurtWcAJ0="
	hashOfA384 = "sha384-VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x"
)

func TestHashesOfNothing(t *testing.T) {
	page := func(policy, body string) string {
		return entries(`"ACCESS_DENIED":{"headers":{"Content-Security-Policy":"` + policy + `"},"responseTemplates":{"text/html":"` + body + `"}}`)
	}
	runCases(t, code.HashOfNothing, []lintCase{
		{"the style", page("style-src '"+hashOfA+"'", "<style>a</style>")},
		{"another style", page("default-src 'none'; style-src '@"+hashOfA+"'", "<style>b</style>")},
		{"longer hash", page("style-src '"+hashOfA384+"'", "<STYLE nonce=a>a</STYLE >")},
		{"one of two", page("style-src '"+hashOfA+"' '@"+hashOfB+"'", "<style>a</style>")},
		{"a script for a style", page("style-src '@"+hashOfA+"'", "<script>a</script>")},
		{"any", page("default-src '"+hashOfA+"'", "<script>a</script>")},
		{"a script", page("script-src-elem '@"+hashOfA+"'", "<script>b</script>")},
		{"in a comment", page("style-src '@"+hashOfA+"'", "<!-- <style>a</style> -->")},
		{"loaded", page("script-src '"+hashOfA+"'", "<script src='/a.js' integrity='"+hashOfA+"'></script>")},
		{"attributes", page("style-src 'unsafe-hashes' '"+hashOfA+"'", "<p style='a'>b</p>")},
		{"no hash", page("style-src 'self' 'nonce-a'", "<style>a</style>")},
		{"other directive", page("img-src '"+hashOfA+"'", "<style>a</style>")},
		{"no page", entries(`"ACCESS_DENIED":{"headers":{"Content-Security-Policy":"style-src '` + hashOfA + `'"}}`)},
		{"two pages", entries(`"ACCESS_DENIED":{"headers":{"Content-Security-Policy":"style-src '` + hashOfA + `'"},"responseTemplates":{"text/html":"b","application/xhtml+xml":"<style>a</style>"}}`)},
	})
}

// TestHashAdvice holds that the finding has the hash to write, and that entries that share a policy by an anchor have one finding.
func TestHashAdvice(t *testing.T) {
	const shared = `gatewayResponses:
  ACCESS_DENIED: &page
    headers: {Content-Security-Policy: "style-src 'OLD'"}
    responseTemplates: {text/html: <style>BODY</style>}
  THROTTLED: *page
`
	for _, tc := range []struct{ body, want string }{
		{"b", "'" + hashOfA + "' is the hash of no style of the page, so browsers drop what is there; write '" + hashOfB + "'"},
		{"", "'" + hashOfA + "' is the hash of no style of the page; remove it"},
	} {
		var got []string
		for _, f := range lintOf(t, strings.NewReplacer("OLD", hashOfA, "BODY", tc.body).Replace(shared)) {
			if f.Code == code.HashOfNothing {
				got = append(got, f.Message)
			}
		}
		if len(got) != 1 || got[0] != tc.want {
			t.Errorf("%s: got %q, want %q", tc.body, got, tc.want)
		}
	}
}
