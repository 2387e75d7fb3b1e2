// SPDX-License-Identifier: Apache-2.0

package codemirror

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"testing"
)

// maxCompressed is how many bytes Script may have for a browser: 250 kB, gzip.
const maxCompressed = 250_000

func TestSize(t *testing.T) {
	if n := len(Script); n > maxCompressed {
		t.Errorf("codemirror.js.gz has %d bytes, at most %d are allowed", n, maxCompressed)
	}
}

// TestPolicy finds what the policy of the console's pages would refuse: code and markup that are made of strings.
func TestPolicy(t *testing.T) {
	refused := regexp.MustCompile(`\beval\(|new Function\b|(inner|outer)HTML|insertAdjacentHTML|document\.write|DOMParser|import\(`)
	r, err := gzip.NewReader(bytes.NewReader(Script))
	if err != nil {
		t.Fatal(err)
	}
	script, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range refused.FindAllIndex(script, -1) {
		t.Errorf("codemirror.js has %q", script[at[0]:min(at[1]+40, len(script))])
	}
}

func TestLicences(t *testing.T) {
	for _, want := range []string{"@codemirror/view ", "@codemirror/merge ", "@lezer/lr ", "style-mod ", "MIT License", "Copyright (C)"} {
		if !bytes.Contains(Licences, []byte(want)) {
			t.Errorf("codemirror.licences.txt lacks %q", want)
		}
	}
}
