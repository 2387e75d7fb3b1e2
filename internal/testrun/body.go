// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/rogpeppe/go-internal/diff"
	"github.com/tidwall/gjson"

	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/testfile"
)

// checkBody holds the body against what is wanted.
func (r *Result) checkBody(want *testfile.Body, update bool) {
	body := r.Reply.Body
	if want.Equals != nil && want.Equals.Value != string(body) {
		r.failBody(want.Equals.Offset, []byte(want.Equals.Value), body)
	}
	if want.JSON.Value != "" {
		r.checkJSON(want.JSON, body)
	}
	if len(want.Paths)+len(want.Lacks) > 0 {
		r.checkPaths(want, body)
	}
	for _, text := range want.Contains {
		if !strings.Contains(string(body), text.Value) {
			r.fail(text.Offset, "body", "got "+shown(body)+", want one with "+quote.Text(text.Value), "")
		}
	}
	if want.File.Value != "" {
		r.checkFile(want.File, update)
	}
}

// failBody notes that the body is another one.
func (r *Result) failBody(offset int, want, got []byte) {
	if isShort(want) && isShort(got) {
		r.fail(offset, "body", "got "+shown(got)+", want "+shown(want), "")
		return
	}
	r.fail(offset, "body", "the body is not the one that is wanted", Diff("want", want, "got", got))
}

// isShort reports whether a body is shown within a line.
func isShort(body []byte) bool {
	return len(body) <= 60 && utf8.Valid(body) && !bytes.ContainsAny(body, "\n\r")
}

// shown is a body as messages quote it.
func shown(body []byte) string {
	if len(body) == 0 {
		return "no body"
	}
	return quote.Text(string(body))
}

// Diff is a unified diff of two texts, "" when they are equal. Lines are compared; a last line without an end counts as one.
func Diff(oldName string, old []byte, newName string, new []byte) string {
	text := diff.Diff(oldName, ended(old), newName, ended(new))
	_, text, _ = bytes.Cut(text, []byte("\n")) // the line "diff want got"
	if len(text) == 0 && !bytes.Equal(old, new) {
		return "they differ in the line break at the end\n"
	}
	return string(text)
}

// ended is a text whose last line has an end.
func ended(text []byte) []byte {
	if len(text) == 0 || text[len(text)-1] == '\n' {
		return text
	}
	return append(text[:len(text):len(text)], '\n')
}

// checkJSON compares the body as JSON.
func (r *Result) checkJSON(want testfile.Text, body []byte) {
	wanted, _ := canonical([]byte(want.Value))
	got, err := canonical(body)
	switch {
	case err != nil:
		r.fail(want.Offset, "body", "got "+shown(body)+", which is not JSON: "+err.Error(), "")
	case !bytes.Equal(wanted, got):
		r.fail(want.Offset, "body", "the JSON is not the one that is wanted", Diff("want", indented(wanted), "got", indented(got)))
	}
}

// canonical is JSON with its keys in order and its numbers in one form, so that equal values are equal texts (RFC 8785; whole
// numbers keep all their digits).
func canonical(text []byte) ([]byte, error) {
	value := jsontext.Value(bytes.Clone(text))
	err := value.Canonicalize(jsontext.CanonicalizeRawInts(false))
	return value, err
}

// indented is JSON with a line for each value.
func indented(text []byte) []byte {
	value := jsontext.Value(bytes.Clone(text))
	if value.Indent(jsontext.WithIndent("  ")) != nil {
		return text
	}
	return append(value, '\n')
}

// checkPaths compares values in the body.
func (r *Result) checkPaths(want *testfile.Body, body []byte) {
	if !gjson.ValidBytes(body) {
		at := append(want.Lacks[:len(want.Lacks):len(want.Lacks)], testfile.Text{})[0]
		if len(want.Paths) > 0 {
			at = want.Paths[0].Path
		}
		r.fail(at.Offset, "body", "got "+shown(body)+", which is not JSON", "")
		return
	}
	for _, path := range want.Paths {
		got := gjson.GetBytes(body, path.Path.Value)
		if !got.Exists() {
			r.fail(path.Path.Offset, "body "+path.Path.Value, "got none, want "+path.Value, "")
			continue
		}
		wanted, _ := canonical([]byte(path.Value))
		if found, err := canonical([]byte(got.Raw)); err != nil || !bytes.Equal(found, wanted) {
			r.fail(path.Path.Offset, "body "+path.Path.Value, "got "+quote.Shorten(got.Raw)+", want "+quote.Shorten(path.Value), "")
		}
	}
	for _, path := range want.Lacks {
		if got := gjson.GetBytes(body, path.Value); got.Exists() {
			r.fail(path.Offset, "body "+path.Value, "got "+quote.Shorten(got.Raw)+", want none", "")
		}
	}
}

// readBody reads the file of a body.
func readBody(folder, name string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return source.ReadBelow(root, name)
}

// checkFile compares the body with a file, or gathers it for the file. A line break at the end does not count: editors add it.
func (r *Result) checkFile(file testfile.Text, update bool) {
	path := filepath.Join(r.Suite.Folder, filepath.FromSlash(file.Value))
	want, err := readBody(r.Suite.Folder, filepath.FromSlash(file.Value))
	missing, isSame := errors.Is(err, fs.ErrNotExist), err == nil && bytes.Equal(ended(want), ended(r.Reply.Body))
	switch {
	case isSame:
	case err != nil && !missing:
		r.fail(file.Offset, "body", "the file "+path+" cannot be read: "+err.Error(), "")
	case update:
		r.Bodies = append(r.Bodies, BodyFile{path, ended(r.Reply.Body)})
	case missing:
		r.fail(file.Offset, "body", "there is no file "+path+"; --update writes it", "")
	default:
		r.fail(file.Offset, "body", "the body is not the one in "+path+"; --update writes it", Diff(file.Value, want, "got", r.Reply.Body))
	}
}
