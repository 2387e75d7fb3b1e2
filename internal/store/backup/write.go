// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/store"
)

// page is how many records or entries are read at a time.
const page = 32

// Write writes what a store keeps, all as it is at one moment. What it wrote before an error is not a backup.
func Write(ctx context.Context, s store.Store, w io.Writer, at time.Time) (Summary, error) {
	var done Summary
	err := s.View(ctx, func(r store.Reader) error {
		done.At = at.UTC()
		out := &writer{w: w, sum: sha256.New()}
		if err := out.write(header{Format: format, Version: formatVersion, At: done.At}); err != nil {
			return err
		}
		var err error
		if done.Records, err = out.records(r); err != nil {
			return err
		}
		if done.Entries, err = out.logs(r); err != nil {
			return err
		}
		return out.write(line{End: &endLine{Records: done.Records, Entries: done.Entries, SHA256: hex.EncodeToString(out.sum.Sum(nil))}})
	})
	return done, err
}

// writer writes lines, and sums them up.
type writer struct {
	w   io.Writer
	sum hash.Hash
}

func (w *writer) write(value any) error {
	text, err := json.Marshal(value, jsontext.PreserveRawStrings(true))
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if len(text) > maxLine {
		return fmt.Errorf("%.100s...: longer than %d bytes", text, maxLine)
	}
	w.sum.Write(text)
	_, err = w.w.Write(text)
	return err
}

func (w *writer) records(r store.Reader) (written int64, err error) {
	var after store.Key
	for {
		records, err := r.Records(after, page)
		if err != nil || len(records) == 0 {
			return written, err
		}
		for _, record := range records {
			l := &recordLine{Kind: record.Kind, Scope: record.Scope, Name: record.Name, Version: record.Version, Link: record.Link}
			l.Body, l.Bytes = split(record.Body)
			if err := w.write(line{Record: l}); err != nil {
				return written, err
			}
			written++
		}
		after = records[len(records)-1].Key
	}
}

func (w *writer) logs(r store.Reader) (written int64, err error) {
	logs, err := r.Logs()
	if err != nil {
		return 0, err
	}
	for _, log := range logs {
		count, err := w.log(r, log)
		if err != nil {
			return written, err
		}
		written += count
	}
	return written, nil
}

func (w *writer) log(r store.Reader, log string) (last int64, err error) {
	for {
		entries, err := r.Log(log, last, page)
		if err != nil || len(entries) == 0 {
			return last, err
		}
		for _, entry := range entries {
			l := &entryLine{Log: log, Number: entry.Number}
			l.Body, l.Bytes = split(entry.Body)
			if err := w.write(line{Entry: l}); err != nil {
				return last, err
			}
			last = entry.Number
		}
	}
}

// split puts a body where a line can hold it as it is.
func split(body []byte) (jsontext.Value, []byte) {
	if !fits(body) {
		return nil, append([]byte{}, body...)
	}
	return body, nil
}

// fits reports whether a line with a body reads back to the same bytes: JSON without needless space, and not too deep.
func fits(body jsontext.Value) bool {
	compact := slices.Clone(body)
	return body.IsValid() && slices.Concat(jsontext.Value("[["), body, jsontext.Value("]]")).IsValid() &&
		compact.Compact(jsontext.PreserveRawStrings(true)) == nil && bytes.Equal(compact, body)
}
