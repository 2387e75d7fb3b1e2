// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
)

// fileFindings is the kind of the notes that say what is wrong with the files of gateways.
const fileFindings = "files"

// findingsLast is for how long findings about files are shown, unless they are found again.
const findingsLast = 30 * 24 * time.Hour

// noteFindings says to everybody what is wrong with files: in the log, and in notes for callers.
func (c *Control) noteFindings(ctx context.Context, found map[string]finding.List) error {
	before, err := c.store.Notes(ctx, fileFindings, "")
	if err != nil {
		return err
	}
	for _, note := range before {
		if !found[note.Name].HasErrors() {
			if err := c.store.DeleteNote(ctx, note.Key); err != nil {
				return err
			}
		}
	}
	for name, list := range found {
		if !list.HasErrors() {
			continue
		}
		for _, f := range list {
			c.options.Log.Error("a gateway is not read from its files, and stays as it was", "gateway", name, "finding", inWords(f))
		}
		body, err := json.Marshal(list)
		if err != nil {
			return err
		}
		if err := c.store.PutNote(ctx, store.Note{Key: store.Key{Kind: fileFindings, Name: name}, Body: body, Expires: c.options.Now().Add(findingsLast)}); err != nil {
			return err
		}
	}
	return nil
}

// wrongFiles is what is wrong with the files that a gateway is read from, nil for nothing. The gateway is as it was before.
func (c *Control) wrongFiles(ctx context.Context, gateway string) (finding.List, error) {
	note, err := c.store.Note(ctx, store.Key{Kind: fileFindings, Name: gateway})
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list finding.List
	if err := json.Unmarshal(note.Body, &list); err != nil {
		return nil, fmt.Errorf("findings about %s: %w", gateway, err)
	}
	return list, nil
}
