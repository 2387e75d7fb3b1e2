// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"container/list"
	"crypto/sha256"
	"slices"
	"sync"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lint"
	"gatewayresponses/internal/source"
)

// The limits of what is kept: compiled documents, and the bytes of their texts. A program takes about ten times its text.
const (
	maxDocuments     = 64
	maxDocumentBytes = 8 << 20
)

// documents keeps the documents that were compiled last: an editor sends the same one with every keystroke elsewhere.
type documents struct {
	mutex sync.Mutex
	// byKey are the elements of order, whose values are *compiled, the one that was used last in front.
	byKey map[documentKey]*list.Element
	order list.List
	bytes int
}

// documentKey is what a document is known by.
type documentKey struct {
	name string
	hash [sha256.Size]byte
}

// compiled is a document, and what was found in it.
type compiled struct {
	key  documentKey
	size int
	// findings are those of gwr validate, and lint gives those of gwr lint. Program and document of checked are for many goroutines.
	checked  check.Checked
	findings finding.List
	lint     func() finding.List
	// places is held by who asks the source for places.
	places sync.Mutex
}

// atSource moves findings in the JSON text of the document to where a person wrote it.
func (c *compiled) atSource(found finding.List) finding.List {
	c.places.Lock()
	defer c.places.Unlock()
	for i := range found {
		found[i].Place = c.checked.Source.Place(found[i].Line, found[i].Column)
	}
	found.Sort()
	return found
}

// read reads and compiles a text, or gives what came of it the last time. There is no program when one of the findings is an error.
func (d *documents) read(t Text) (*compiled, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	key := documentKey{t.shownName(), sha256.Sum256([]byte(t.Text))}
	if known := d.find(key); known != nil {
		return known, nil
	}
	c := &compiled{key: key, size: len(t.Text)}
	written, found := source.Read(key.name, []byte(t.Text))
	c.findings, c.lint = found, func() finding.List { return found }
	if written != nil {
		c.checked = check.Read(written)
		c.findings = append(slices.Clone(found), c.checked.Findings...)
		c.lint = sync.OnceValue(func() finding.List {
			c.places.Lock()
			defer c.places.Unlock()
			return append(slices.Clone(found), lint.Check(c.checked)...)
		})
	}
	d.keep(c)
	return c, nil
}

// find is a document that is kept, nil for none.
func (d *documents) find(key documentKey) *compiled {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	at := d.byKey[key]
	if at == nil {
		return nil
	}
	d.order.MoveToFront(at)
	return at.Value.(*compiled) //nolint:forcetypeassert // nothing else is in the list
}

// keep keeps a document, and lets go of those that were not used for longest.
func (d *documents) keep(c *compiled) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.byKey == nil {
		d.byKey = map[documentKey]*list.Element{}
	}
	if d.byKey[c.key] != nil {
		return // another request was faster
	}
	d.byKey[c.key] = d.order.PushFront(c)
	d.bytes += c.size
	for d.order.Len() > 1 && (d.order.Len() > maxDocuments || d.bytes > maxDocumentBytes) {
		last := d.order.Remove(d.order.Back()).(*compiled) //nolint:forcetypeassert // nothing else is in the list
		delete(d.byKey, last.key)
		d.bytes -= last.size
	}
}
