// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"

	"gatewayresponses/internal/store"
)

// ErrNotEmpty says that a store cannot be restored, as it holds something.
var ErrNotEmpty = errors.New("the store is not empty; restore into a new one")

// Restore fills an empty store with a backup. All of it is there afterwards, or nothing.
func Restore(ctx context.Context, s store.Store, backup io.ReadSeeker) (Summary, error) {
	var done Summary
	err := s.Change(ctx, func(w store.Writer) error {
		if err := checkEmpty(w); err != nil {
			return err
		}
		// A change may be run again.
		if _, err := backup.Seek(0, io.SeekStart); err != nil {
			return err
		}
		restoring := &reader{lines: bufio.NewReaderSize(backup, 64<<10), store: w}
		var err error
		if done, err = restoring.all(); err != nil {
			return fmt.Errorf("line %d: %w", restoring.number, err)
		}
		return nil
	})
	if err != nil {
		return Summary{}, err
	}
	return done, nil
}

func checkEmpty(r store.Reader) error {
	records, err := r.Records(store.Key{}, 1)
	if err != nil {
		return err
	}
	logs, err := r.Logs()
	if err != nil {
		return err
	}
	if len(records) > 0 || len(logs) > 0 {
		return ErrNotEmpty
	}
	return nil
}

// reader reads a backup into a store.
type reader struct {
	lines *bufio.Reader
	store store.Writer
	// number is that of the line that was read last.
	number int
	// sum is the checksum of all lines before it.
	sum  string
	text []byte
	done Summary
}

func (r *reader) all() (Summary, error) {
	sum := sha256.New()
	for {
		r.sum = hex.EncodeToString(sum.Sum(nil))
		if err := r.next(); err != nil {
			return Summary{}, err
		}
		sum.Write(r.text)
		var err error
		if r.number == 1 {
			err = r.header()
		} else {
			var end bool
			if end, err = r.line(); end && err == nil {
				return r.done, r.ended()
			}
		}
		if err != nil {
			return Summary{}, err
		}
	}
}

// next reads a line with its end.
func (r *reader) next() error {
	r.number++
	r.text = r.text[:0]
	for {
		part, err := r.lines.ReadSlice('\n')
		r.text = append(r.text, part...)
		switch {
		case len(r.text) > maxLine:
			return fmt.Errorf("longer than %d bytes", maxLine)
		case errors.Is(err, io.EOF):
			return errors.New("the backup ends here, without its last line; it was cut off")
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

func (r *reader) header() error {
	var h header
	if err := unmarshal(r.text, &h); err != nil || h.Format != format {
		return fmt.Errorf("not a backup of gwrd: want {\"format\":%q,...}", format)
	}
	if h.Version != formatVersion {
		return fmt.Errorf("a backup of version %d, but this gwrd reads version %d", h.Version, formatVersion)
	}
	r.done.At = h.At
	return nil
}

// line takes a line in, and reports whether it was the last.
func (r *reader) line() (end bool, err error) {
	var l line
	if err := unmarshal(r.text, &l); err != nil {
		return false, err
	}
	switch {
	case l.Record != nil && l.Entry == nil && l.End == nil:
		return false, r.record(*l.Record)
	case l.Entry != nil && l.Record == nil && l.End == nil:
		return false, r.entry(*l.Entry)
	case l.End != nil && l.Record == nil && l.Entry == nil:
		return true, r.end(*l.End)
	}
	return false, errors.New(`want one of "record", "entry" and "end"`)
}

func (r *reader) record(l recordLine) error {
	body, err := join(l.Body, l.Bytes)
	if err != nil {
		return err
	}
	if l.Version < 1 {
		return fmt.Errorf("version %d: want 1 or more", l.Version)
	}
	r.done.Records++
	key := store.Key{Kind: l.Kind, Scope: l.Scope, Name: l.Name}
	err = r.store.Restore(store.Record{Key: key, Version: l.Version, Link: l.Link, Body: body})
	if errors.Is(err, store.ErrExists) {
		return fmt.Errorf("%s %.100q is there twice", l.Kind, l.Name)
	}
	return err
}

func (r *reader) entry(l entryLine) error {
	body, err := join(l.Body, l.Bytes)
	if err != nil {
		return err
	}
	r.done.Entries++
	number, err := r.store.Append(l.Log, body)
	if err == nil && number != l.Number {
		return fmt.Errorf("entry %d of log %.100q: want %d", l.Number, l.Log, number)
	}
	return err
}

func (r *reader) end(l endLine) error {
	switch {
	case l.SHA256 != r.sum:
		return fmt.Errorf("the checksum is %.64q, but that of the lines before is %q; the backup was changed", l.SHA256, r.sum)
	case l.Records != r.done.Records || l.Entries != r.done.Entries:
		return fmt.Errorf("%d records and %d entries, but there are %d and %d before", l.Records, l.Entries, r.done.Records, r.done.Entries)
	}
	return nil
}

// ended holds that nothing follows the last line.
func (r *reader) ended() error {
	if _, err := r.lines.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the last line")
	}
	return nil
}

func unmarshal(text []byte, into any) error {
	err := json.Unmarshal(text, into, json.RejectUnknownMembers(true))
	var wrong *json.SemanticError
	if errors.As(err, &wrong) {
		if wrong.Err == nil {
			return fmt.Errorf("%s: not a %s", wrong.JSONPointer, wrong.JSONKind)
		}
		return fmt.Errorf("%s: %w", wrong.JSONPointer, wrong.Err)
	}
	return err
}

// join is a body that a line has in one of two members.
func join(body, bytes []byte) ([]byte, error) {
	if body != nil && bytes != nil {
		return nil, errors.New(`both "body" and "bytes"`)
	}
	if body == nil && bytes == nil {
		return nil, errors.New(`neither "body" nor "bytes"`)
	}
	if body != nil {
		return body, nil
	}
	return bytes, nil
}
