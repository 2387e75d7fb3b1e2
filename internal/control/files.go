// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/shape"
	"gatewayresponses/internal/source"
)

// filed is a gateway as files have it.
type filed struct {
	gateway Gateway
	// base is the base document, "" for none.
	base string
	// found is what was found in the files. One with errors is of no use.
	found finding.List
	// paths are the files that say it, those with bodies among them.
	paths []string
}

// gatewaySettings is what the file gateway.json, or gateway.yaml, may say.
type gatewaySettings struct {
	Description string         `json:"description,omitempty"`
	Plugin      deliver.Plugin `json:"plugin,omitzero"`
	Rollout     *RolloutPlan   `json:"rollout,omitempty"`
}

// maxFiled is how many gateways are read from files.
const maxFiled = 1000

// readFolder reads gateways from files, in the order of their names. Each has a folder of its name, with
//
//	base.json or base.yaml        the base document; bodies may stand in files of their own
//	gateway.json or gateway.yaml  description, plugin and rollout, as /v1 has them
//
// Either may be missing. Files beside the folders, and what begins with a dot, are of no matter.
func readFolder(folder string) ([]filed, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var all []filed
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if !isGatewayFolder(entry) {
			continue
		}
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			continue
		}
		if len(all) == maxFiled {
			return nil, fmt.Errorf("%s has more than %d folders of gateways", folder, maxFiled)
		}
		all = append(all, readGatewayFolder(path, entry.Name()))
	}
	return all, nil
}

// isGatewayFolder reports whether something in the folder may be the folder of a gateway.
func isGatewayFolder(entry os.DirEntry) bool { return !strings.HasPrefix(entry.Name(), ".") }

// isGatewayFile reports whether something in the folder of a gateway says what it is.
func isGatewayFile(entry os.DirEntry) bool {
	return slices.Contains(fileNames("base"), entry.Name()) || slices.Contains(fileNames("gateway"), entry.Name())
}

// fileNames are what a file may be called.
func fileNames(name string) []string { return []string{name + ".json", name + ".yaml", name + ".yml"} }

// readGatewayFolder reads one gateway.
func readGatewayFolder(folder, name string) filed {
	f := filed{gateway: Gateway{Name: name, Files: folder}}
	if settings := f.read(folder, "gateway"); settings != nil {
		var said gatewaySettings
		for _, wrong := range shape.Decode(settings.Name, settings.Text, &said) {
			wrong.Place = settings.Place(wrong.Line, wrong.Column)
			f.found = append(f.found, wrong)
		}
		f.gateway.Description, f.gateway.Plugin, f.gateway.Rollout = said.Description, said.Plugin, said.Rollout
	}
	if err := f.gateway.valid(); err != nil && !f.found.HasErrors() {
		f.fail(folder, inOurWords(err))
	}
	if base := f.read(folder, "base"); base != nil {
		checked := check.Read(base)
		f.base, f.found = string(base.Text), append(f.found, checked.Findings...)
	}
	return f
}

// read reads a file of a gateway, nil if it is not there or of no use.
func (f *filed) read(folder, name string) *source.Document {
	var there []string
	for _, candidate := range fileNames(name) {
		if path := filepath.Join(folder, candidate); exists(path) {
			there = append(there, path)
		}
	}
	f.paths = append(f.paths, there...)
	switch len(there) {
	case 0:
		return nil
	case 1:
	default:
		f.fail(there[1], "there is "+filepath.Base(there[0])+" as well; keep one of them")
		return nil
	}
	text, err := readFile(there[0])
	if err != nil {
		f.fail(there[0], err.Error())
		return nil
	}
	document, found := source.Files{Folder: folder}.Read(there[0], text)
	f.found = append(f.found, found...)
	if document != nil {
		f.paths = append(f.paths, document.Files()...)
	}
	return document
}

// fail notes that something is wrong with a file or folder as a whole.
func (f *filed) fail(path, message string) {
	f.found = append(f.found, finding.Finding{Severity: finding.Error, Place: finding.Place{File: path}, Message: message})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readFile reads a regular file, and a byte more than a document may have where there are more.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("this is no regular file")
	}
	return io.ReadAll(io.LimitReader(file, source.MaxSize+1))
}
