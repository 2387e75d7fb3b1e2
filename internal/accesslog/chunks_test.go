// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
)

// readAll is the text of all chunks, and how many there are.
func readAll(t *testing.T, log io.Reader) (string, int, error) {
	t.Helper()
	chunks, err := NewChunks(log)
	if err != nil {
		return "", 0, err
	}
	var all strings.Builder
	for n := 0; ; n++ {
		chunk, err := chunks.Next()
		if errors.Is(err, io.EOF) {
			return all.String(), n, nil
		}
		if err != nil {
			return all.String(), n, err
		}
		if want := 1 + strings.Count(all.String(), "\n"); chunk.First != want {
			t.Errorf("chunk %d begins with line %d, want %d", n, chunk.First, want)
		}
		all.Write(chunk.Text)
	}
}

// zipped is a text as gzip.
func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestChunks(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		chunks     int
	}{
		{"nothing", "", 0},
		{"one line without an end", "a", 1},
		{"lines", strings.Repeat("0123456789\n", 200_000), 5},
		{"lines of many lengths", strings.Repeat(strings.Repeat("x", 1000)+"\n\n"+strings.Repeat("y", 100_000)+"\n", 20), 4},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, log := range []io.Reader{strings.NewReader(tc.text), bytes.NewReader(zipped(t, tc.text))} {
				got, n, err := readAll(t, log)
				if got != tc.text || n != tc.chunks || err != nil {
					t.Errorf("%d bytes in %d chunks, %v; want %d in %d", len(got), n, err, len(tc.text), tc.chunks)
				}
			}
		})
	}
}

func TestByteOrderMark(t *testing.T) {
	for _, log := range []io.Reader{strings.NewReader("\uFEFF{}\n\uFEFF\n"), bytes.NewReader(zipped(t, "\uFEFF{}\n\uFEFF\n"))} {
		if got, _, err := readAll(t, log); got != "{}\n\uFEFF\n" || err != nil {
			t.Errorf("got %q, %v, want the text without its mark", got, err)
		}
	}
}

func TestLongLinesAreCut(t *testing.T) {
	text := "a\n" + strings.Repeat("x", 50<<20) + "\nb\n"
	got, _, err := readAll(t, strings.NewReader(text))
	if want := "a\n" + strings.Repeat("x", MaxLine+1) + "\nb\n"; got != want || err != nil {
		t.Errorf("%d bytes, %v, want %d", len(got), err, len(want))
	}
}

func TestCutGzip(t *testing.T) {
	log := zipped(t, strings.Repeat("0123456789\n", 100_000))
	got, _, err := readAll(t, bytes.NewReader(log[:len(log)-20]))
	if err == nil || !strings.HasPrefix(got, "0123456789\n") {
		t.Errorf("%d bytes and the error %v of a log that is cut", len(got), err)
	}
}

// FuzzChunks holds that chunks are the log, but for lines that are cut, and that each ends with a line.
func FuzzChunks(f *testing.F) {
	f.Add("a\nb", 3)
	f.Add(strings.Repeat("x\n", 1000), 700)
	f.Fuzz(func(t *testing.T, text string, times int) {
		if len(text) > 1<<12 || times < 0 || times > 1000 || strings.HasPrefix(text, "\x1f\x8b") {
			return
		}
		var want strings.Builder
		whole := strings.Repeat(text, times)
		read := strings.TrimPrefix(whole, byteOrderMark)
		for line := range strings.Lines(read) {
			if body, ended := strings.CutSuffix(line, "\n"); len(body) > MaxLine {
				line = body[:MaxLine+1]
				if ended {
					line += "\n"
				}
			}
			want.WriteString(line)
		}
		if got, _, err := readAll(t, strings.NewReader(whole)); got != want.String() || err != nil {
			t.Errorf("%d bytes, %v, want %d", len(got), err, want.Len())
		}
	})
}
