// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
)

// TestRows: a mapper can ask for every row of the tables.
func TestRows(t *testing.T) {
	for _, row := range classify.Rows() {
		for _, spelling := range spellings(row.Row) {
			if _, ok := expressionOf(spelling); !ok {
				t.Errorf("no expression for %q", spelling)
			}
		}
	}
}

// TestLargeDocument: a document of many rules with many details is compiled in no more time than that takes, and says what it leaves
// out.
func TestLargeDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"gatewayResponses": {"DEFAULT_4XX": {}}, "classification": [`)
	for i := range 3000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"when": {"details": ["a%d*", "*b"], "filter": ["f"]}, "responseType": "THROTTLED"}`, i)
	}
	b.WriteString(`]}`)
	document, found := config.Decode([]byte(b.String()))
	if found.HasErrors() {
		t.Fatal(found)
	}
	begin := time.Now()
	_, losses := Compile(document)
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if len(losses) < 3000-maxRules {
		t.Errorf("%d losses", len(losses))
	}
}
