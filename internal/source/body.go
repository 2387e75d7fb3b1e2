// SPDX-License-Identifier: Apache-2.0

package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lines"
	"gatewayresponses/internal/quote"
)

// The keys that a body in a file of its own is written with:
//
//	responseTemplates: {text/html: {file: pages/error.html}}
const (
	bodiesKey = "responseTemplates"
	fileKey   = "file"
)

// maxBody is the size of the largest file with a body, in bytes: that of a document.
const maxBody = 1 << 20

// Files says where bodies are that stand in files of their own.
type Files struct {
	// Folder is the folder of the document, to which the names of the files are relative.
	Folder string
	// Root is the folder that no file may stand outside of, "" for Folder. Links that lead out of it are refused, too.
	Root string
}

// Read reads a document from the text of a file as the function Read does, and puts the contents of files where the document
// names them. Places in such a body are those in its file.
func (files Files) Read(name string, text []byte) (*Document, finding.List) {
	document, found := Read(name, text)
	if document == nil || IsJSON(name, text) && !bytes.Contains(text, []byte(`"`+fileKey+`"`)) || document.Root() == nil {
		return document, found
	}
	b := &bodies{files: files, name: name, seen: map[*Value]bool{}, contents: map[string]*Value{}}
	defer b.close()
	b.fill(document.Root(), "")
	if !b.filled {
		return document, found
	}
	if b.found.HasErrors() {
		return nil, append(found, b.found...)
	}
	written, more := Write(name, document.Root())
	return written, append(found, more...)
}

// bodies reads the files that a document names.
type bodies struct {
	files Files
	// name is the name of the document.
	name string
	root *os.Root
	// seen are the values that were looked at: aliases share them.
	seen map[*Value]bool
	// contents are what was read, by the path below the root.
	contents map[string]*Value
	filled   bool
	found    finding.List
}

func (b *bodies) close() {
	if b.root != nil {
		_ = b.root.Close() // it was only read from
	}
}

// fill puts the contents of files into a value, which is the member called key of an object.
func (b *bodies) fill(v *Value, key string) {
	if b.seen[v] {
		return
	}
	b.seen[v] = true
	for _, element := range v.Elements {
		b.fill(element, "")
	}
	for i := range v.Members {
		m := &v.Members[i]
		if key == bodiesKey && m.Value.Kind == Object && len(m.Value.Members) == 1 && m.Value.Members[0].Key.Text == fileKey {
			b.filled = true
			if content := b.read(m.Value.Members[0].Value); content != nil {
				m.Value = content
			}
			continue
		}
		b.fill(m.Value, m.Key.Text)
	}
}

// read is the content of the file that a value names, nil when it cannot be read.
func (b *bodies) read(named *Value) *Value {
	fail := func(message string) *Value {
		b.found = append(b.found, named.file.finding(code.BadBodyFile, named.from, message))
		return nil
	}
	if named.Kind != String || named.Text == "" {
		return fail(`"file" names a file, e.g. {file: pages/error.html}`)
	}
	below, err := b.below(named.Text)
	if err != nil {
		return fail(err.Error())
	}
	if content, ok := b.contents[below]; ok {
		return content
	}
	shown := filepath.Join(filepath.Dir(b.name), filepath.FromSlash(named.Text))
	body, err := b.open(below)
	b.contents[below] = nil
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail("there is no file " + quote.Text(shown))
	case err != nil:
		return fail("cannot read " + quote.Text(shown) + ": " + reason(err))
	case len(body) > maxBody:
		return fail("the file " + quote.Text(shown) + " has more than 1 MiB, which is the most that a document has")
	}
	f := newFile(shown, string(body))
	if at := lines.NotUTF8(f.text); at >= 0 {
		b.found = append(b.found, f.finding(code.BadBodyFile, at, notUTF8))
		return nil
	}
	content := &Value{Kind: String, Text: f.text, origin: origin{file: f, style: whole}}
	b.contents[below] = content
	return content
}

// below is the path below the root of a file that the document names.
func (b *bodies) below(name string) (string, error) {
	outside := func() error {
		where := "the document"
		if b.files.Root != "" {
			where = quote.Text(b.files.Root)
		}
		return errors.New("the file " + quote.Text(name) + " is outside of the folder of " + where + "; name one in it")
	}
	if path.IsAbs(name) || filepath.IsAbs(name) {
		return "", errors.New("the file " + quote.Text(name) + " has an absolute path; name it from the folder of the document")
	}
	from := "."
	if b.files.Root != "" {
		var err error
		if from, err = Relative(b.files.Root, b.files.Folder); err != nil {
			return "", outside()
		}
	}
	below := path.Join(from, name)
	if below == ".." || strings.HasPrefix(below, "../") {
		return "", outside()
	}
	return below, nil
}

// Relative is the path from a folder to a file or to another folder, with slashes.
func Relative(folder, name string) (string, error) {
	from, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(from, to)
	return filepath.ToSlash(relative), err
}

// open reads a file below the root, and a byte more than a body may have where there are more.
func (b *bodies) open(below string) ([]byte, error) {
	if b.root == nil {
		folder := b.files.Root
		if folder == "" {
			folder = b.files.Folder
		}
		root, err := os.OpenRoot(folder)
		if err != nil {
			return nil, err
		}
		b.root = root
	}
	return ReadBelow(b.root, below)
}

// ReadBelow reads a file with a body below a folder, and a byte more than a body may have where there are more. A link that leads
// out of the folder is refused, and so is what is no regular file.
func ReadBelow(folder *os.Root, name string) ([]byte, error) {
	// To open a pipe would wait for a writer.
	info, err := folder.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxBody+1))
}

// reason is why a file cannot be read, without its name.
func reason(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}
