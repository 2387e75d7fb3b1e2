// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/checkout"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/watch"
)

// files is who changes gateways that are read from files.
var files = Caller{Name: "files", Rights: auth.Rights{Role: auth.Admin}}

// filed is a gateway as files have it.
type filed = checkout.Gateway[gatewaySettings]

// gatewaySettings is what the file with the settings of a gateway may say.
type gatewaySettings struct {
	Description string         `json:"description,omitempty"`
	Plugin      deliver.Plugin `json:"plugin,omitzero"`
	Rollout     *RolloutPlan   `json:"rollout,omitempty"`
	Consent     string         `json:"consent,omitempty"`
}

// gateway is the gateway with these settings.
func (s gatewaySettings) gateway(f filed) Gateway {
	return Gateway{Name: f.Name, Description: s.Description, Plugin: s.Plugin, Rollout: s.Rollout, Consent: s.Consent, Files: f.Folder}
}

// readFolder reads the gateways of a folder, and finds what only this package knows to be wrong.
func readFolder(folder string) ([]filed, error) {
	all, err := checkout.Read[gatewaySettings](folder)
	for i := range all {
		f := &all[i]
		if err := f.Settings.gateway(*f).valid(); err != nil && !f.Found.HasErrors() {
			f.Fail(f.Folder, inOurWords(err))
		}
	}
	return all, err
}

// ReadFiles reads gateways and their base documents from a folder, as package checkout describes it. Those in it are changed there alone from
// then on; those that were in it before and are not now are removed, unless they serve something. One with errors stays as it was; the
// findings, by name, say so, and the log. "" is no folder: every gateway can be changed by callers then.
func (c *Control) ReadFiles(ctx context.Context, folder string) (map[string]finding.List, error) {
	var all []filed
	var err error
	if folder != "" {
		if all, err = readFolder(folder); err != nil {
			return nil, err
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("%s has no folder of a gateway; nothing is changed by that", folder)
		}
	}
	found := map[string]finding.List{}
	for _, f := range all {
		if found[f.Name], err = c.storeFiled(ctx, f); err != nil {
			return nil, err
		}
	}
	gone, err := c.dropUnfiled(ctx, folder, all)
	if err != nil {
		return nil, err
	}
	maps.Copy(found, gone)
	return found, c.noteFindings(ctx, found)
}

// errChanged ends a watch.
var errChanged = errors.New("files have changed")

// FollowFiles reads files as ReadFiles does, and again each time they change, until the context ends. A folder that cannot be read, or not
// any more, leaves everything as it was, and the log says so.
func (c *Control) FollowFiles(ctx context.Context, folder string) error {
	if folder == "" {
		_, err := c.ReadFiles(ctx, folder)
		return err
	}
	for ctx.Err() == nil {
		all, err := readFolder(folder)
		if err != nil {
			c.options.Log.Error("gateways cannot be read from files; they stay as they are", "folder", folder, "error", err)
		}
		w := watch.New()
		w.AddFolder(folder, checkout.MayBeGateway)
		for _, f := range all {
			w.AddFolder(f.Folder, checkout.Says)
			w.Add(f.Paths...)
		}
		// What changed before it was watched is read now.
		if err == nil {
			if _, err := c.ReadFiles(ctx, folder); err != nil && ctx.Err() == nil {
				c.options.Log.Error("gateways of files cannot be stored; it is tried again", "folder", folder, "error", err)
				if !wait(ctx, tryAgain) {
					return nil
				}
				continue
			}
		}
		if err := w.Run(ctx, func() error { return errChanged }); !errors.Is(err, errChanged) {
			return err
		}
	}
	return nil
}

// wait waits, and reports whether the context has not ended.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// storeFiled stores a gateway that was read from files, if it is right. It gives what was found.
func (c *Control) storeFiled(ctx context.Context, f filed) (finding.List, error) {
	if f.Found.HasErrors() {
		return f.Found, nil
	}
	err := c.change(ctx, files, "ReadFiles", func(t *change) error {
		name := f.Name
		before, err := lookupGateway(t, name)
		var missing *apigateway.Error
		if err != nil && !errors.As(err, &missing) {
			return err
		}
		now := f.Settings.gateway(f)
		now.ETag = before.ETag
		if err := c.keepConsent(t, files, &now, before); err != nil {
			return err
		}
		same, err := equalJSON(before, now)
		if err != nil {
			return err
		}
		if !same || before.ETag == etagOf(0) {
			if err := t.put(gatewayKey(name), "", now); err != nil {
				return err
			}
		}
		if err := t.putFiledBase(name, f.Base); err != nil {
			return err
		}
		return c.release(t, files, "ReadFiles "+f.Folder, name)
	})
	var problem *Problem
	if errors.As(err, &problem) {
		return append(f.Found, problem.Findings...), nil
	}
	return f.Found, err
}

// putFiledBase stores the base document of files, "" for none, if it is another one.
func (t *change) putFiledBase(gateway, text string) error {
	var before BaseDocument
	_, err := get(t, baseKey(gateway), &before)
	isThere := !errors.Is(err, store.ErrNotFound)
	switch {
	case err != nil && isThere:
		return err
	case text == "" && isThere:
		return t.remove(baseKey(gateway))
	case text == "" || before.Text == text:
		return nil
	}
	return t.put(baseKey(gateway), "", BaseDocument{Text: text})
}

// dropUnfiled removes the gateways that were read from files and are there no more, or lets callers change them where no folder is read.
// One that serves something stays; what was found about those that were dropped says so.
func (c *Control) dropUnfiled(ctx context.Context, folder string, all []filed) (map[string]finding.List, error) {
	var gateways []Gateway
	err := c.store.View(ctx, func(r store.Reader) (err error) {
		gateways, err = allGateways(r)
		return err
	})
	found := map[string]finding.List{}
	for _, g := range gateways {
		if err != nil || g.Files == "" || slices.ContainsFunc(all, func(f filed) bool { return f.Name == g.Name }) {
			continue
		}
		if folder == "" {
			err = c.unlock(ctx, g)
			continue
		}
		var known *apigateway.Error
		err = c.change(ctx, files, "ReadFiles", func(t *change) error { return t.removeGateway(g.Name) })
		if errors.As(err, &known) {
			err = nil
			found[g.Name] = finding.List{{
				Severity: finding.Error, Place: finding.Place{File: g.Files}, Message: "the folder is gone, and the gateway stays as it was: " + known.Message,
			}}
		}
	}
	return found, err
}

// unlock lets callers change a gateway again: the server does not read files any more.
func (c *Control) unlock(ctx context.Context, g Gateway) error {
	return c.change(ctx, files, "ReadFiles", func(t *change) error {
		g.Files = ""
		return t.put(gatewayKey(g.Name), "", g)
	})
}

// equalJSON reports whether two values are stored alike.
func equalJSON(a, b any) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return string(x) == string(y), err
}

// inOurWords is the message of an error without AWS's name for it.
func inOurWords(err error) string {
	var known *apigateway.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return err.Error()
}
