// SPDX-License-Identifier: Apache-2.0

package pace

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
)

func TestAdmit(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := New(2, 3)
	l.now = func() time.Time { return now }
	a, b := control.Caller{Name: "ci", Key: "a"}, control.Caller{Name: "ci", Key: "b"}
	for i := range 3 {
		if err := l.Admit(a); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	var tooMany *apigateway.Error
	for range 2 { // what was refused does not count
		if err := l.Admit(a); !errors.As(err, &tooMany) || tooMany.Status != 429 || tooMany.RetryAfter != 500*time.Millisecond {
			t.Fatalf("the fourth at once: %#v, want 429 and half a second", err)
		}
	}
	for _, other := range []control.Caller{b, {Name: "ann", Person: "https://id.example.com|1"}, {Name: "ann", Person: "https://id.example.com|2"}} {
		for range 3 {
			if err := l.Admit(other); err != nil {
				t.Errorf("another caller is held up: %+v: %v", other, err)
			}
		}
	}
	now = now.Add(500 * time.Millisecond)
	if err := l.Admit(a); err != nil {
		t.Errorf("after what Retry-After said: %v", err)
	}
}

// TestBounded holds that memory does not grow with the callers that come, also while none of them is quiet.
func TestBounded(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	l := New(.001, 1)
	l.now = func() time.Time { return now }
	for i := range 3 * maxCallers {
		if err := l.Admit(control.Caller{Key: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
		if len(l.callers) > maxCallers {
			t.Fatalf("%d callers are remembered", len(l.callers))
		}
	}
}
