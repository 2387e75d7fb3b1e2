// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/golden"
)

// TestRatesPages holds the pages of a gateway whose node counts errors against files: those of now beside those of an hour ago, and by
// type on the page of an API. Who may not know of gateways sees none.
func TestRatesPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	now := time.Now()
	for i, c := range []struct {
		ago     time.Duration
		replies map[string]uint64
	}{
		{61 * time.Minute, map[string]uint64{}},
		{60 * time.Minute, map[string]uint64{"THROTTLED.429": 600, "heartbeat": 12}},
		{20 * time.Second, map[string]uint64{"THROTTLED.429": 900, "heartbeat": 700}},
		{0, map[string]uint64{"THROTTLED.429": 1000, "INTEGRATION_TIMEOUT.503": 1, "left.deliberate": 30, "heartbeat": 704}},
	} {
		v.control.Saw(t.Context(), deliver.Node{
			ID: "edge-1", Gateway: "default", State: deliver.Acknowledged, Wanted: 2, Running: 2, Connected: now, Changed: now,
			// Another revision each time, as what only counts is noted now and then.
			Counters: &deliver.Counters{At: now.Add(-c.ago), Replies: c.replies, Revision: int64(i)},
		})
	}
	for name, path := range map[string]string{"overview-rates": "/console/", "responses-rates": "/console/apis/" + api} {
		page := v.same(v.page(path), api)
		golden.File(t, filepath.Join("testdata", name+".html"), page)
		if strings.Contains(page, "heartbeat") {
			t.Errorf("%s: the heartbeat is no error", name)
		}
	}
	v.forget()
	v.signIn(v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "read", "apis": []string{api}, "hosts": []string{"*"}}}).Get("bearer").String())
	for _, path := range []string{"/console/", "/console/apis/" + api} {
		if page := v.page(path); strings.Contains(page, "/s") && strings.Contains(page, "an hour ago") {
			t.Errorf("%s: rates of a gateway for who may not know: %s", path, page)
		}
	}
}
