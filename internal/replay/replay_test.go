// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/manylines"
)

const problem = `{"gatewayResponses": {
	"DEFAULT_4XX": {"responseTemplates": {"application/json": "{\"m\":$context.error.messageString,\"id\":\"$context.requestId\",\"at\":\"$context.requestTime\"}"}},
	"DEFAULT_5XX": {"statusCode": 500, "responseTemplates": {"text/html": "<p>$context.path</p>", "application/json": "{}"}}}}`

// run runs without errors.
func runOn(t *testing.T, options Options, log Log, documents ...Document) *Report {
	t.Helper()
	report, err := Run(context.Background(), documents, []Log{log}, options)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// rows are the groups of a report, a line each.
func rows(r *Report) []string {
	var lines []string
	for _, g := range r.Groups {
		lines = append(lines, fmt.Sprintf("%d %d %+v -> %+v %t %d+%d", g.Count, g.EnvoyStatus, g.Before, g.After, g.Changes, len(g.Bodies), g.OtherBodies))
	}
	return lines
}

// TestRun sends a log through one document.
func TestRun(t *testing.T) {
	r := runOn(t, Options{}, Log{"log", manylines.Log(2000)}, document(t, "a", problem))
	want := []string{
		"60 429 {Type: Status:429 GRPC: Entry: Left: MediaType:} -> {Type:THROTTLED Status:429 GRPC: Entry:DEFAULT_4XX Left: MediaType:application/json} true 1+0",
		"50 500 {Type: Status:500 GRPC: Entry: Left:upstream MediaType:} -> {Type: Status:500 GRPC: Entry: Left:upstream MediaType:} false 0+0",
		"40 503 {Type: Status:503 GRPC: Entry: Left: MediaType:} -> {Type:INTEGRATION_FAILURE Status:500 GRPC: Entry:DEFAULT_5XX Left: MediaType:text/html} true 40+0",
		"30 403 {Type: Status:403 GRPC: Entry: Left: MediaType:} -> {Type:ACCESS_DENIED Status:403 GRPC: Entry:DEFAULT_4XX Left: MediaType:application/json} true 1+0",
		"20 503 {Type: Status:503 GRPC: Entry: Left: MediaType:} -> {Type:INTEGRATION_FAILURE Status:500 GRPC: Entry:DEFAULT_5XX Left: MediaType:application/json} true 1+0",
	}
	if diff := cmp.Diff(want, rows(r)); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if r.Lines != 2000 || r.Good != 1800 || r.Errors != 200 || r.Changed != 150 || r.Broken != 0 {
		t.Errorf("%d lines, %d good, %d errors, %d changed, %d broken", r.Lines, r.Good, r.Errors, r.Changed, r.Broken)
	}
	if len(r.Unclassified) != 1 || r.Unclassified[0].Details != "something_new" || r.Unclassified[0].Count != 20 {
		t.Errorf("unclassified %+v", r.Unclassified)
	}
	if r.Assumed == nil || len(r.Assumed) > 0 {
		t.Errorf("assumed %v, want nothing", r.Assumed)
	}
}

// TestRunTwo compares two documents: what clients see alike is no change, whoever answers.
func TestRunTwo(t *testing.T) {
	a := document(t, "a", `{"gatewayResponses": {"DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`)
	b := document(t, "b", `{"gatewayResponses": {"THROTTLED": {}, "DEFAULT_4XX": {"headers": {"x-new": "1"}}, "DEFAULT_5XX": {"statusCode": 502}}}`)
	r := runOn(t, Options{}, Log{"log", manylines.Log(200)}, a, b)
	want := map[string]bool{
		"DEFAULT_4XX 429 -> THROTTLED 429":   false,
		"DEFAULT_4XX 403 -> DEFAULT_4XX 403": true, // a header more
		"DEFAULT_5XX 503 -> DEFAULT_5XX 502": true,
		" 500 ->  500":                       false,
	}
	got := map[string]bool{}
	for _, g := range r.Groups {
		got[fmt.Sprintf("%s %d -> %s %d", g.Before.Entry, g.Before.Status, g.After.Entry, g.After.Status)] = g.Changes
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if r.Changed != 9 {
		t.Errorf("%d changed, want 9", r.Changed)
	}
}

// TestRunIsDeterministic holds that the report is the same however many workers there are.
func TestRunIsDeterministic(t *testing.T) {
	documents := []Document{document(t, "a", problem), document(t, "b", `{"emulate": "aws"}`)}
	var reports [][]byte
	for _, workers := range []int{1, 2, 7} {
		text, err := json.Marshal(runOn(t, Options{Workers: workers, MaxGroups: 3}, Log{"log", manylines.Log(20_000)}, documents...))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, text)
	}
	for _, other := range reports[1:] {
		if !bytes.Equal(reports[0], other) {
			t.Errorf("reports differ:\n%s\n%s", reports[0], other)
		}
	}
}

// TestBrokenLines holds that a broken line is counted and named, and ends nothing.
func TestBrokenLines(t *testing.T) {
	lines := []string{"GET / 404", `{"response_code":404}`, "", `{"response_code":`, `{"response_code":200}`, "{}"}
	r := runOn(t, Options{}, logWith(lines...), document(t, "a", problem))
	var broken []string
	for _, b := range r.BrokenLines {
		broken = append(broken, fmt.Sprintf("%s:%d", b.Log, b.Line))
	}
	if diff := cmp.Diff([]string{"log:1", "log:4", "log:6"}, broken); diff != "" || r.Broken != 3 || r.Lines != 5 || r.Errors != 1 {
		t.Errorf("%d broken of %d lines, %d errors (-want +got):\n%s", r.Broken, r.Lines, r.Errors, diff)
	}
	if r.Assumed["method"] != 1 || r.Assumed["request_headers"] != 1 {
		t.Errorf("assumed %v", r.Assumed)
	}
}

// TestBounds holds that hostile logs take bounded memory: every line a group of its own, every body and all details another.
func TestBounds(t *testing.T) {
	var lines []string
	for i := range 20_000 {
		lines = append(lines, fmt.Sprintf(`{"response_code":%d,"response_code_details":"new_%d","path":"/%d","bytes_sent":0}`, 400+i%200, i, i))
	}
	r := runOn(t, Options{MaxGroups: 50}, logWith(lines...), document(t, "a", problem))
	if len(r.Groups) != 50 || len(r.Unclassified) != maxUnclassified || r.Errors != 20_000 {
		t.Errorf("%d groups, %d unclassified, %d errors", len(r.Groups), len(r.Unclassified), r.Errors)
	}
	total := r.OtherErrors
	for _, g := range r.Groups {
		total += g.Count
		bodies := g.OtherBodies
		for _, b := range g.Bodies {
			bodies += b.Count
		}
		if len(g.Bodies) > maxBodies || bodies != g.Count {
			t.Errorf("group %+v: %d bodies that count %d lines", g.After, len(g.Bodies), bodies)
		}
	}
	for _, u := range r.Unclassified {
		r.OtherUnclassified += u.Count
	}
	if total != r.Errors || r.OtherUnclassified != r.Errors {
		t.Errorf("groups have %d of %d errors, the unclassified %d", total, r.Errors, r.OtherUnclassified)
	}
}

// TestMemory holds that a log as long as a hundred others takes no more memory than one of them.
func TestMemory(t *testing.T) {
	peak := func(n int) uint64 {
		var most uint64
		var stats runtime.MemStats
		runOn(t, Options{Workers: 2, Progress: func(int) {
			runtime.ReadMemStats(&stats)
			most = max(most, stats.HeapAlloc)
		}}, Log{"log", manylines.Log(n)}, document(t, "a", problem))
		return most
	}
	small, large := peak(3000), peak(150_000)
	if large > small+24<<20 {
		t.Errorf("%d MB for 150,000 lines, %d MB for 3,000", large>>20, small>>20)
	}
}

// TestCancel holds that a run ends when it is told to.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, []Document{document(t, "a", problem)}, []Log{{"log", manylines.Log(1 << 40)}}, Options{}); err == nil {
		t.Error("a run that was cancelled has no error")
	}
}

// TestUnreadable holds that the report has what came before a log could not be read further.
func TestUnreadable(t *testing.T) {
	cut := bytes.NewReader([]byte("\x1f\x8b nonsense"))
	r, err := Run(context.Background(), []Document{document(t, "a", problem)}, []Log{{"good", manylines.Log(100)}, {"bad", cut}}, Options{})
	if err == nil || !strings.HasPrefix(err.Error(), "bad: ") || r.Lines != 100 {
		t.Errorf("%d lines, %v", r.Lines, err)
	}
}

// TestForEach holds that each reply is whole.
func TestForEach(t *testing.T) {
	var got []string
	err := ForEach(document(t, "a", problem), logWith(
		`{"response_code":200}`,
		`{"response_code":403,"response_code_details":"rbac_access_denied","request_id":"r-1","start_time":"2026-11-28T05:27:08Z","method":"GET"}`,
		`nonsense`,
		`{"response_code":410,"response_code_details":"direct_response","bytes_sent":7}`,
		`{"response_code":403,"response_code_details":"upgrade_failed"}`,
	), nil, func(e Each) error {
		got = append(got, fmt.Sprintf("%d %s %d->%d %s%s %s", e.Line, e.RequestID, e.EnvoyStatus, e.Status, e.Entry, e.Left, e.Body))
		return nil
	})
	want := []string{
		`2 r-1 403->403 DEFAULT_4XX {"m":"User is not authorized to access this resource","id":"r-1","at":"28/Nov/2026:05:27:08 +0000"}`,
		`4  410->410 deliberate `,
		`5  403->403 unseen `,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("replies, %v (-want +got):\n%s", err, diff)
	}
}

// TestAdapter holds that errors are those that the host sees, with what it can tell of them.
func TestAdapter(t *testing.T) {
	const told = `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "<$context.envoy.virtualHost>"}}, "DEFAULT_5XX": {}}}`
	log := []string{
		`{"response_code":403,"response_code_details":"rbac_access_denied","virtual_host":"shop"}`,
		`{"response_code":400,"response_code_details":"missing_host_header"}`,
		`{"response_code":502,"response_code_details":"grpc_json_transcode_failure{INTERNAL}"}`,
	}
	for _, tc := range []struct {
		host, note string
		want       []string
	}{
		{"wasm", "(unseen) comes before the filter", []string{"403 DEFAULT_4XX <shop>", "400 unseen ", "502 unseen "}},
		{"module@1.40", "(unseen) comes on the way back", []string{"403 DEFAULT_4XX <shop>", "400 DEFAULT_4XX <>", "502 unseen "}},
		{"module@1.39", "(unseen) comes on the way back", []string{"403 DEFAULT_4XX <>", "400 DEFAULT_4XX <>", "502 unseen "}},
	} {
		host, err := ability.Find(tc.host)
		if err != nil {
			t.Fatal(err)
		}
		d := document(t, "a", told)
		d.Host = host
		var got []string
		err = ForEach(d, logWith(log...), nil, func(e Each) error {
			got = append(got, fmt.Sprintf("%d %s%s %s", e.Status, e.Entry, e.Left, e.Body))
			return nil
		})
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("%s, %v (-want +got):\n%s", tc.host, err, diff)
		}
		var text strings.Builder
		if err := runOn(t, Options{}, logWith(log...), d).Text(&text, 0); err != nil || !strings.Contains(text.String(), tc.note) {
			t.Errorf("%s, %v: the report does not say %q:\n%s", tc.host, err, tc.note, text.String())
		}
	}
}

// BenchmarkRun is a log of 100,000 lines, of which a tenth are errors. It reports lines a second; what a run takes of memory make bench
// measures, in a process of its own.
func BenchmarkRun(b *testing.B) {
	const lines = 100_000
	var log bytes.Buffer
	if _, err := log.ReadFrom(manylines.Log(lines)); err != nil {
		b.Fatal(err)
	}
	for _, bc := range []struct {
		name      string
		documents []Document
	}{
		{"one document", []Document{document(b, "a", problem)}},
		{"two documents", []Document{document(b, "a", problem), document(b, "b", `{"emulate": "aws"}`)}},
	} {
		b.Run(bc.name, func(b *testing.B) {
			b.SetBytes(int64(log.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Run(context.Background(), bc.documents, []Log{{"log", bytes.NewReader(log.Bytes())}}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(lines*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
