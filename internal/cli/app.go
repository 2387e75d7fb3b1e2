// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/terminal"
)

// stdin is what messages call the standard input, and standsForStdin the argument that names it.
const (
	stdin          = "stdin"
	standsForStdin = "-"
)

// app is what all commands share.
type app struct {
	in       io.Reader
	out, err io.Writer
	// taken reports that the standard input was read.
	taken bool
}

func newApp(in io.Reader, out, err io.Writer) *app {
	return &app{in: in, out: terminal.Printer(out), err: terminal.Printer(err)}
}

// colour reports whether what is written to w may be coloured: on a terminal, unless NO_COLOR is set (https://no-color.org).
func colour(w io.Writer) bool {
	return os.Getenv("NO_COLOR") == "" && terminal.Is(w)
}

// open opens a file, or the standard input under the name "-", which can be read once.
func (a *app) open(name string) (io.ReadCloser, error) {
	if name == standsForStdin {
		if a.taken {
			return nil, usage(errors.New("stdin is named twice, and can be read once"))
		}
		a.taken = true
		if terminal.Is(a.in) {
			a.say("reading stdin; end it with Ctrl-D")
		}
		return io.NopCloser(a.in), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	return f, nil
}

// text reads a file of at most limit bytes, and one byte more where there are more, so that whoever reads the text says so.
func (a *app) text(name string, limit int64) ([]byte, error) {
	f, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, unreadable(fmt.Errorf("%s: %w", shown(name), err))
	}
	return text, nil
}

// whole is text, for what does not say itself when there is more of it.
func (a *app) whole(name string, limit int64) ([]byte, error) {
	text, err := a.text(name, limit)
	if err == nil && int64(len(text)) > limit {
		err = unreadable(fmt.Errorf("%s has more than %d MiB", shown(name), limit>>20))
	}
	return text, err
}

// shown is what messages call a file.
func shown(name string) string {
	if name == standsForStdin {
		return stdin
	}
	return name
}

// read reads a document, and the bodies that it has in files below its folder.
func (a *app) read(name string) (*source.Document, finding.List, error) { return a.readBelow(name, "") }

// readBelow reads a document, and the bodies that it has in files below root; without one, below its folder.
func (a *app) readBelow(name, root string) (*source.Document, finding.List, error) {
	text, err := a.text(name, source.MaxSize)
	if err != nil {
		return nil, nil, err
	}
	document, found := source.Files{Folder: filepath.Dir(name), Root: root}.Read(shown(name), text)
	return document, found, nil
}

// checked reads a document and compiles it. The findings are all, and one of them is an error when there is no program.
func (a *app) checked(name string) (check.Checked, error) {
	return a.checkedFor(name, ability.Hosts()[0])
}

// checkedFor is checked for a host of the filter.
func (a *app) checkedFor(name string, host ability.Host) (check.Checked, error) {
	document, found, err := a.read(name)
	if err != nil || document == nil {
		return check.Checked{Findings: found}, err
	}
	checked := check.ReadFor(document, host)
	checked.Findings = append(found, checked.Findings...)
	return checked, nil
}

// load is checked for commands that need a good document: findings go to stderr.
func (a *app) load(name string) (check.Checked, error) { return a.loadFor(name, ability.Hosts()[0]) }

// loadFor is load for a host of the filter.
func (a *app) loadFor(name string, host ability.Host) (check.Checked, error) {
	checked, err := a.checkedFor(name, host)
	if err != nil {
		return check.Checked{}, err
	}
	return a.judged(checked)
}

// judged is a document that must be a good one: findings go to stderr.
func (a *app) judged(checked check.Checked) (check.Checked, error) {
	if err := checked.Findings.Text(a.err, colour(a.err)); err != nil {
		return check.Checked{}, err
	}
	if checked.Program == nil {
		return check.Checked{}, errFindings
	}
	return checked, nil
}

// loadForExchanges loads a document to send exchanges through.
func (a *app) loadForExchanges(name string) (exchange.Document, error) {
	checked, err := a.load(name)
	return exchange.Document{Config: checked.Document, Program: checked.Program}, err
}

// orStdin is the standard input where no file is named.
func orStdin(names []string) []string {
	if len(names) == 0 {
		return []string{standsForStdin}
	}
	return names
}

// json writes a value as JSON.
func (a *app) json(value any) error {
	return jsonwrite.Indented(a.out, value)
}

// say tells people something that is not what the command is for. Should that fail, there is nobody to tell.
func (a *app) say(format string, values ...any) {
	_, _ = fmt.Fprintln(a.err, finding.PrintableLines(fmt.Sprintf("gwr: "+format, values...)))
}
