// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// underscores prints details as access logs do.
var underscores = strings.NewReplacer(" ", "_", "\t", "_", "\f", "_", "\v", "_", "\n", "_", "\r", "_")

// FuzzClassify holds what is true of every reply, whatever Envoy, an upstream or a plugin says.
func FuzzClassify(f *testing.F) {
	for _, example := range readExamples(f) {
		reply := example.reply
		f.Add(reply.Status, reply.Details, uint64(reply.Flags), reply.Owner, reply.HasBody)
	}
	f.Add(403, "ext_authz_denied ", ^uint64(0), "", true)
	f.Add(-1, "\x00\xff\r\n", uint64(1)<<63, "\n", false)
	f.Fuzz(func(t *testing.T, status int, details string, flags uint64, owner string, hasBody bool) {
		if len(details) > 4096 {
			return
		}
		reply := facts.Reply{Status: status, Details: details, Flags: facts.Flags(flags), Owner: owner, HasBody: hasBody}
		for _, dialect := range []Dialect{Envoy, AWS} {
			result := Classify(&reply, dialect)
			checkType(t, reply, dialect, result)
			checkRow(t, reply, result)
			if again := Classify(&reply, dialect); again != result {
				t.Errorf("Classify(%+v, %d) = %+v, then %+v", reply, dialect, result, again)
			}
			printed := reply
			printed.Details = underscores.Replace(details)
			if got := Classify(&printed, dialect); got != result {
				t.Errorf("Classify(%+v, %d) = %+v, but %+v with underscores", reply, dialect, result, got)
			}
		}
	})
}

// checkType holds that there is one of the 21 types, which by status depends on the status alone.
func checkType(t *testing.T, reply facts.Reply, dialect Dialect, result Result) {
	t.Helper()
	if result.Upstream {
		if result != (Result{Upstream: true}) {
			t.Errorf("Classify(%+v, %d) = %+v, want nothing but that it is the upstream's", reply, dialect, result)
		}
		return
	}
	if !slices.Contains(config.ResponseTypes(), result.Type) {
		t.Errorf("Classify(%+v, %d).Type = %q, want one of AWS's", reply, dialect, result.Type)
	}
	if result.Broader != "" && (dialect == AWS || result.Broader != config.Unauthorized) {
		t.Errorf("Classify(%+v, %d).Broader = %q, want only UNAUTHORIZED in Envoy's dialect", reply, dialect, result.Broader)
	}
	alone := Classify(&facts.Reply{Status: reply.Status}, dialect)
	if result.Reason == ByStatus && result.Type != alone.Type {
		t.Errorf("Classify(%+v, %d) = %s by status, but the status alone tells %s", reply, dialect, result.Type, alone.Type)
	}
}

// checkRow holds that the row is the first that matches, and that only details which no row matches are unknown.
func checkRow(t *testing.T, reply facts.Reply, result Result) {
	t.Helper()
	var first *row
	for r := range rows() {
		if (r.status == 0 || r.status == reply.Status) && glob.Match(r.pattern, underscores.Replace(reply.Details)) {
			first = r
			break
		}
	}
	switch {
	case result.Upstream:
		if first == nil || first.author != upstream {
			t.Errorf("Classify(%+v) takes it for the upstream's, but the row is %+v", reply, first)
		}
	case first == nil:
		if result.Known || result.Reason == ByDetails {
			t.Errorf("Classify(%+v) = %+v, but no row knows the details", reply, result)
		}
		if result.Deliberate && reply.Owner == "" {
			t.Errorf("Classify(%+v) takes it for user code, but it has no owner", reply)
		}
	case !result.Known || result.Row != first.pattern:
		t.Errorf("Classify(%+v).Row = %q, want %q", reply, result.Row, first.pattern)
	}
}
