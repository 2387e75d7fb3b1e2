// SPDX-License-Identifier: Apache-2.0

// Package checkout reads gateways from files, such as a checkout of Git. Each has a folder of its name, with
//
//	base.json or base.yaml        the base document; bodies may stand in files of their own
//	gateway.json or gateway.yaml  its settings
//
// Either may be missing. Files beside the folders, and what begins with a dot, are of no matter.
package checkout

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/shape"
	"gatewayresponses/internal/source"
)

// Gateway is a gateway as files have it. S is what its settings are read into, see package shape.
type Gateway[S any] struct {
	// Name is that of its folder, Folder the path.
	Name, Folder string
	Settings     S
	// Base is the base document as JSON, "" for none.
	Base string
	// Found is what was found in the files. With errors among it the rest is of no use.
	Found finding.List
	// Paths are the files that say it, those with bodies among them.
	Paths []string
}

// maxGateways is how many gateways are read from a folder.
const maxGateways = 1000

// Read reads all gateways of a folder, in the order of their names.
func Read[S any](folder string) ([]Gateway[S], error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var all []Gateway[S]
	for _, entry := range entries {
		if !MayBeGateway(entry) {
			continue
		}
		if info, err := os.Stat(filepath.Join(folder, entry.Name())); err != nil || !info.IsDir() {
			continue
		}
		if len(all) == maxGateways {
			return nil, fmt.Errorf("%s has more than %d folders of gateways", folder, maxGateways)
		}
		all = append(all, readGateway[S](root, entry.Name()))
	}
	return all, nil
}

// MayBeGateway reports whether something in the folder of all gateways may be that of one.
func MayBeGateway(entry os.DirEntry) bool { return !strings.HasPrefix(entry.Name(), ".") }

// Says reports whether a file in the folder of a gateway says what it is.
func Says(entry os.DirEntry) bool {
	return slices.Contains(spellings("base"), entry.Name()) || slices.Contains(spellings("gateway"), entry.Name())
}

// spellings are what a file may be called.
func spellings(name string) []string { return []string{name + ".json", name + ".yaml", name + ".yml"} }

// readGateway reads the gateway of a folder. What is no UTF-8 in its name is replaced; it is no name of a gateway then, either.
func readGateway[S any](root *os.Root, folder string) Gateway[S] {
	g := Gateway[S]{Name: strings.ToValidUTF8(folder, "\uFFFD"), Folder: filepath.Join(root.Name(), folder)}
	if settings := g.read(root, "gateway"); settings != nil {
		for _, wrong := range shape.Decode(settings.Name, settings.Text, &g.Settings) {
			wrong.Place = settings.Place(wrong.Line, wrong.Column)
			g.Found = append(g.Found, wrong)
		}
	}
	if base := g.read(root, "base"); base != nil {
		checked := check.Read(base)
		g.Base, g.Found = string(base.Text), append(g.Found, checked.Findings...)
	}
	return g
}

// read reads a file of a gateway, nil if it is not there or of no use.
func (g *Gateway[S]) read(root *os.Root, name string) *source.Document {
	var there []string
	for _, spelling := range spellings(name) {
		if path := filepath.Join(g.Folder, spelling); exists(path) {
			there = append(there, path)
		}
	}
	g.Paths = append(g.Paths, there...)
	switch len(there) {
	case 0:
		return nil
	case 1:
	default:
		g.Fail(there[1], "there is "+filepath.Base(there[0])+" as well; keep one of them")
		return nil
	}
	text, err := readFile(root, filepath.Join(filepath.Base(g.Folder), filepath.Base(there[0])))
	if err != nil {
		g.Fail(there[0], err.Error())
		return nil
	}
	document, found := source.Files{Folder: g.Folder}.Read(there[0], text)
	g.Found = append(g.Found, found...)
	if document != nil {
		g.Paths = append(g.Paths, document.Files()...)
	}
	return document
}

// Fail notes that something is wrong with a file or folder as a whole.
func (g *Gateway[S]) Fail(path, message string) {
	g.Found = append(g.Found, finding.Finding{Severity: finding.Error, Place: finding.Place{File: path}, Message: message})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readFile reads a regular file below the folder of all gateways, and a byte more than a document may have where there are more. A
// link out of that folder leads nowhere: who may write there need not be one who may read whatever the server can, such as its keys.
func readFile(root *os.Root, path string) ([]byte, error) {
	info, err := root.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // to open a pipe waits for whoever writes
		return nil, errors.New("this is no regular file")
	}
	file, err := root.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, source.MaxSize+1))
}
