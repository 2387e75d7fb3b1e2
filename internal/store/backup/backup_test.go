// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/backup"
	"gatewayresponses/internal/store/storetest"
)

// at is when the backups of the tests are made.
var at = time.Date(2026, time.November, 28, 9, 0, 0, 0, time.UTC)

// kept is what a store keeps.
type kept struct {
	Records []store.Record
	Logs    map[string][]store.Entry
}

func read(t testing.TB, s store.Store) kept {
	t.Helper()
	all := kept{Logs: map[string][]store.Entry{}}
	err := s.View(t.Context(), func(r store.Reader) (err error) {
		if all.Records, err = r.Records(store.Key{}, 0); err != nil {
			return err
		}
		logs, err := r.Logs()
		for _, log := range logs {
			entries, err := r.Log(log, 0, 0)
			if err != nil {
				return err
			}
			all.Logs[log] = entries
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// fill puts bodies into a store, as records and as entries.
func fill(t testing.TB, s store.Store, bodies ...string) {
	t.Helper()
	err := s.Change(t.Context(), func(w store.Writer) error {
		for i, body := range bodies {
			record := store.Record{Key: store.Key{Kind: "k", Scope: "s\u00fc\"", Name: fmt.Sprint(i)}, Version: int64(i + 1), Link: "l", Body: []byte(body)}
			if err := w.Restore(record); err != nil {
				return err
			}
			if _, err := w.Append(fmt.Sprint("log", i%2), []byte(body)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, s store.Store) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := backup.Write(t.Context(), s, &out, at); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestFormat shows the format.
func TestFormat(t *testing.T) {
	s := storetest.New(t)
	fill(t, s, `{"a":"\u003c","n":1.50}`, ` {"spaces":true}`, "\xff")
	want := `{"format":"gwrd backup","version":1,"at":"2026-11-28T09:00:00Z"}
{"record":{"kind":"k","scope":"sü\"","name":"0","version":1,"link":"l","body":{"a":"\u003c","n":1.50}}}
{"record":{"kind":"k","scope":"sü\"","name":"1","version":2,"link":"l","bytes":"IHsic3BhY2VzIjp0cnVlfQ=="}}
{"record":{"kind":"k","scope":"sü\"","name":"2","version":3,"link":"l","bytes":"/w=="}}
{"entry":{"log":"log0","number":1,"body":{"a":"\u003c","n":1.50}}}
{"entry":{"log":"log0","number":2,"bytes":"/w=="}}
{"entry":{"log":"log1","number":1,"bytes":"IHsic3BhY2VzIjp0cnVlfQ=="}}
{"end":{"records":3,"entries":3,"sha256":"f2368e62b0f16f8cf48812862439f5b94f739cd8f6f729b3c1d226700c248e56"}}
`
	if d := cmp.Diff(want, write(t, s)); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}

func TestRoundTrip(t *testing.T) {
	s := storetest.New(t)
	bodies := []string{"", "null", "0", `"` + strings.Repeat("x", 1<<15) + `"`, "1],[2", "[[", `{"a":1,"a":2}`, "\n", strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999), "\u2028", `"\ud800"`}
	for range 70 {
		bodies = append(bodies, `{"x":[]}`)
	}
	fill(t, s, bodies...)
	if err := s.PutNote(t.Context(), store.Note{Key: store.Key{Kind: "node", Name: "n"}, Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	text := write(t, s)
	other := storetest.New(t)
	done, err := backup.Restore(t.Context(), other, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	count := int64(len(bodies))
	if d := cmp.Diff(backup.Summary{Records: count, Entries: count, At: at}, done); d != "" {
		t.Errorf("summary: -want +got\n%s", d)
	}
	if d := cmp.Diff(read(t, s), read(t, other)); d != "" {
		t.Errorf("-before +after\n%s", d)
	}
	if again := write(t, other); again != text {
		t.Error("a backup of what was restored is another")
	}
	notes, err := other.Notes(t.Context(), "node", "*")
	if err != nil || len(notes) > 0 {
		t.Errorf("notes %v, error %v; want none", notes, err)
	}
	if _, err := backup.Restore(t.Context(), other, strings.NewReader(text)); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("restored twice: %v", err)
	}
}

// TestBroken holds that a backup that is not whole changes nothing, and what is said of it.
func TestBroken(t *testing.T) {
	s := storetest.New(t)
	fill(t, s, "1", "2", "3")
	good := write(t, s)
	lines := strings.SplitAfter(good, "\n")
	swap := func(old, other string) string { return strings.Replace(good, old, other, 1) }
	for name, test := range map[string]struct{ backup, want string }{
		"empty":               {"", "line 1: the backup ends here, without its last line; it was cut off"},
		"something else":      {"PRAGMA\n", `line 1: not a backup of gwrd: want {"format":"gwrd backup",...}`},
		"a newer format":      {swap(`"version":1`, `"version":2`), "line 1: a backup of version 2, but this gwrd reads version 1"},
		"cut off":             {good[:len(good)/2], "it was cut off"},
		"without its end":     {strings.Join(lines[:len(lines)-2], ""), "line 8: the backup ends here"},
		"without its newline": {good[:len(good)-1], "line 8: the backup ends here"},
		"more after its end":  {good + "\n", "line 8: something follows the last line"},
		"two":                 {good + good, "line 8: something follows the last line"},
		"changed":             {swap(`"body":2`, `"body":5`), "line 8: the checksum is "},
		"a line less":         {strings.Replace(good, lines[1], "", 1), "line 7: the checksum is "},
		"an unknown member":   {swap(`"link"`, `"lnk"`), "line 2: /record/lnk: unknown object member name"},
		"a wrong kind":        {swap(`"version":3`, `"version":"3"`), "line 4: /record/version: not a string"},
		"a record twice":      {swap(`"name":"1"`, `"name":"0"`), `line 3: k "0" is there twice`},
		"no name":             {swap(`"name":"1"`, `"name":""`), "kind and name must not be empty"},
		"version 0":           {swap(`"version":3`, `"version":0`), "line 4: version 0: want 1 or more"},
		"a gap in a log":      {swap(`"number":2`, `"number":3`), `line 6: entry 3 of log "log0": want 2`},
		"two in one":          {swap(`{"record":`, `{"entry":{"log":"l","number":1,"body":1},"record":`), `line 2: want one of "record", "entry" and "end"`},
		"two bodies":          {swap(`"body":1`, `"body":1,"bytes":""`), `line 2: both "body" and "bytes"`},
		"no body":             {swap(`,"body":1`, ""), `line 2: neither "body" nor "bytes"`},
		"not JSON":            {swap(`"body":1`, `"body":`), "line 2: "},
	} {
		t.Run(name, func(t *testing.T) {
			empty := storetest.New(t)
			_, err := backup.Restore(t.Context(), empty, strings.NewReader(test.backup))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if d := cmp.Diff(kept{Logs: map[string][]store.Entry{}}, read(t, empty)); d != "" {
				t.Errorf("the store is not empty: %s", d)
			}
		})
	}
}

// endless is a file of the letter x, of more bytes than a line may have.
type endless struct{}

func (endless) Seek(int64, int) (int64, error) { return 0, nil }

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestEndless holds that a line without an end is given up.
func TestEndless(t *testing.T) {
	_, err := backup.Restore(t.Context(), storetest.New(t), endless{})
	if want := "line 1: longer than 67108864 bytes"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	s := storetest.New(t)
	fill(t, s, strings.Repeat("x", 51<<20))
	if _, err := backup.Write(t.Context(), s, io.Discard, at); err == nil || !strings.HasSuffix(err.Error(), ": longer than 67108864 bytes") {
		t.Errorf("a backup that cannot be restored: %.200s", err)
	}
}
