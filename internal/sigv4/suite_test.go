// SPDX-License-Identifier: Apache-2.0

package sigv4

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What all cases of the suite have in common. The suite's own test has it, too.
const (
	suiteKey    = "AKIDEXAMPLE"
	suiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
)

var suiteTime = time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)

// TestSuite holds the verifier against AWS's own test suite of Signature Version 4, as botocore 1.44.8 has it in its source
// distribution: all cases, with the canonical request, the string to sign and the signature of each.
func TestSuite(t *testing.T) {
	cases := 0
	err := filepath.WalkDir("testdata/aws4_testsuite", func(path string, _ fs.DirEntry, err error) error {
		name, ok := strings.CutSuffix(path, ".authz")
		if err != nil || !ok {
			return err
		}
		cases++
		t.Run(filepath.Base(name), func(t *testing.T) { suiteCase(t, name) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cases != 34 {
		t.Errorf("the suite has %d cases, want 34", cases)
	}
}

func suiteCase(t *testing.T, name string) {
	// The signed request of one case, get-vanilla-with-session-token.sreq, has another signature than its .authz; botocore does not
	// look at those files, either.
	r, body := readRequest(t, name+".req")
	r.Header.Set("Authorization", text(t, name+".authz"))
	// Signers add the token of a session themselves.
	if _, token, ok := strings.Cut(text(t, name+".creq"), "\nx-amz-security-token:"); ok {
		token, _, _ = strings.Cut(token, "\n")
		r.Header.Set("X-Amz-Security-Token", token)
	}
	verifier := Verifier{
		Services: []string{"service"},
		Secret:   func(string) (string, error) { return suiteSecret, nil },
		Now:      func() time.Time { return suiteTime },
	}
	if r.Header.Get("X-Amz-Security-Token") != "" {
		_, err := verifier.Verify(r, body)
		var refused *Error
		if !errors.As(err, &refused) || refused.Kind != UnrecognizedClient || !strings.Contains(refused.Message, "no sessions") {
			t.Errorf("with a session token: %v", err)
		}
	} else if _, err := verifier.Verify(r, body); err != nil {
		t.Errorf("Verify: %v", err)
	}

	sent, err := readHeader(r, r.Header.Get("Authorization"))
	if err != nil {
		t.Fatal(err)
	}
	payload, err := payloadHash(r, sent, body)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMessage(r, sent, payload)
	if err != nil {
		t.Fatal(err)
	}
	paths := m.paths()
	canonical := m.canonical(paths[len(paths)-1]) // the suite removes dot segments
	if diff := cmp.Diff(text(t, name+".creq"), canonical); diff != "" {
		t.Errorf("the canonical request (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(text(t, name+".sts"), sent.stringToSign(canonical)); diff != "" {
		t.Errorf("the string to sign (-want +got):\n%s", diff)
	}
	if !sent.signedBy(sent.scope.signingKey(suiteSecret), canonical) {
		t.Errorf("the signature is not that of the suite: %s", text(t, name+".authz"))
	}
}

// readRequest reads a request as a server would, but for the request line: net/http takes no path with a space.
func readRequest(t *testing.T, file string) (*http.Request, []byte) {
	t.Helper()
	in := textproto.NewReader(bufio.NewReader(strings.NewReader(text(t, file))))
	line, err := in.ReadLine()
	if err != nil {
		t.Fatal(err)
	}
	method, rest, _ := strings.Cut(line, " ")
	target := rest[:strings.LastIndex(rest, " ")]
	header, err := in.ReadMIMEHeader()
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	body, err := io.ReadAll(in.R)
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(target, "?")
	host := header.Get("Host")
	header.Del("Host")
	return &http.Request{Method: method, Host: host, RequestURI: target, URL: &url.URL{RawQuery: query}, Header: http.Header(header)}, body
}

func text(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r", "")
}
