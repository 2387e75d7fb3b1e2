// SPDX-License-Identifier: Apache-2.0

//go:build module

package faults

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

const (
	// reloads is how many documents come while the load goes on; every fifth is bad.
	reloads = 100
	// maxReloadRise is by how many KiB the memory of Envoy may rise from the tenth to the last.
	maxReloadRise = 16 << 10
)

// TestModuleReloads delivers 100 documents to an Envoy under load, bad ones among them. Each reply is one that a good document says, the last
// one is in force in the end, and memory does not grow.
func TestModuleReloads(t *testing.T) {
	l := listener{document: teapot}
	p := discovered(t, &l, nil)
	address := p.Address(t, "gateway")
	under := startLoad(t, address, 1, "/denied", "/ok")
	// Each good document meets some of the load, however quick the machine is.
	outcomes, came := [2]string{`418 {"teapot":0}`, `418 {"teapot":1}`}, [2]int{}
	var early int
	for i := 1; i <= reloads; i++ {
		if i%5 == 0 {
			l.document = fmt.Sprintf(`{"revision": %d, "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 42}}}`, i)
			deliver(t, l, i)
			envoytest.Eventually(t, "the bad document is reported", func() bool { return p.Counter(t, "config_invalid") == 1 })
		} else {
			l.document = fmt.Sprintf(`{"revision": %d, "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418, "responseTemplates": {"application/json": "{\"teapot\":%d}"}}}}`, i, i%2)
			deliver(t, l, i)
			awaitRevision(t, p, i)
			came[i%2] += 3
			under.await(t, outcomes[i%2], came[i%2])
		}
		if i == reloads/10 {
			early = residentKiB(t, p.Envoy.PID())
		}
	}
	late := residentKiB(t, p.Envoy.PID())
	replies := under.finish()
	t.Logf("%d documents, memory %d KiB after the tenth and %d KiB at the end; %v", reloads, early, late, replies)
	wantOnly(t, replies, 100, "200 ok", outcomes[0], outcomes[1])
	if late-early > maxReloadRise {
		t.Errorf("memory rose from %d KiB after ten documents to %d KiB, more than %d", early, late, maxReloadRise)
	}
	// The last document is bad, and the one before says this.
	if got := get(t, address, "/denied"); string(got.Body) != `{"teapot":1}` {
		t.Errorf("%d %q after all documents, want what the last good one says", got.Status, got.Body)
	}
	for _, name := range []string{"left.hostError", "failed.panic"} {
		if got := p.Counter(t, name); got != 0 {
			t.Errorf("%s is %d, want 0", name, got)
		}
	}
}

// residentKiB is the memory of a process. It needs Linux.
func residentKiB(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`VmRSS:\s*(\d+) kB`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("/proc/%d/status has no VmRSS", pid)
	}
	size, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return size
}
