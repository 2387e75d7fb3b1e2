// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// What a large server has.
const (
	manyAPIs      = 1000
	manyBindings  = 300
	manyRevisions = 100
	manyEntries   = 10_000
)

// fill makes the server a large one, and gives the id of an API.
func (v *visitor) fill() (api string) {
	v.Helper()
	apis := make([]string, manyAPIs)
	v.each(manyAPIs, func(i int) {
		apis[i] = v.api("POST", "/apis", object{"name": fmt.Sprintf("api %d", i), "description": "One of many"}).Get("id").String()
		v.api("PUT", "/apis/"+apis[i]+"/responses/THROTTLED", object{"statusCode": "429", "responseTemplates": object{"application/json": fmt.Sprintf(`{"api": %d}`, i)}})
	})
	v.each(manyBindings, func(i int) {
		v.api("POST", "/apis/"+apis[i]+"/deployments", object{"stage": "prod"})
		host := fmt.Sprintf("api%d.example.com", i)
		v.api("POST", "/hosts", object{"host": host})
		v.api("PUT", "/hosts/"+host+"/bindings/(none)", object{"api": apis[i], "stage": "prod"})
		v.api("PUT", "/apis/"+apis[i]+"/responses/DEFAULT_4XX", object{"statusCode": "400"})
	})
	for range manyRevisions / 2 {
		v.api("PUT", "/gateways/default/switch", object{"mode": "observe", "seconds": 3600})
		v.api("DELETE", "/gateways/default/switch", nil)
	}
	entries := int(v.api("GET", "/audit?limit=1", nil).Get("items.0.number").Int())
	v.each(max(0, manyEntries-entries), func(i int) {
		v.api("PUT", "/apis/"+apis[i%manyAPIs]+"/responses/QUOTA_EXCEEDED", object{"statusCode": "429"})
	})
	return apis[0]
}

// each does something for the numbers below count, several at once.
func (v *visitor) each(count int, do func(int)) {
	var working sync.WaitGroup
	const atOnce = 4
	for worker := range atOnce {
		working.Go(func() {
			for i := worker; i < count; i += atOnce {
				do(i)
			}
		})
	}
	working.Wait()
}

// BenchmarkPages is how long the pages of a large server take, from the request to the last byte.
func BenchmarkPages(b *testing.B) {
	v := newVisitor(b)
	v.signIn(v.key)
	api := v.fill()
	newest := v.api("GET", "/gateways/default/standing", nil).Get("newest").Int()
	for _, path := range []string{
		"/console/", "/console/?search=api+99", "/console/gateways/default", fmt.Sprintf("/console/gateways/default/diff?from=1&to=%d", newest),
		"/console/gateways/default/pin?revision=1", "/console/gateways/default/switch", "/console/apis/" + api, "/console/apis/" + api + "/responses/THROTTLED",
		"/console/apis/" + api + "/matrix", "/console/apis/" + api + "/deploy", "/console/apis/" + api + "/stages/prod",
		"/console/gateways/default/base", "/console/gateways/default/matrix", "/console/audit", "/console/audit?api=" + api, "/console/keys",
		"/console/hosts", "/console/hosts/api0.example.com", "/console/bind?host=api0.example.com&path=v2&stage=prod&api=" + api,
	} {
		b.Run(strings.ReplaceAll(strings.TrimPrefix(path, "/console"), api, "API"), func(b *testing.B) {
			var size int
			for b.Loop() {
				got := v.send("GET", path, "")
				if got.status != http.StatusOK {
					b.Fatalf("%s: status %d: %s", path, got.status, got.body)
				}
				size = len(got.body)
			}
			b.ReportMetric(float64(size)/1024, "KiB")
		})
	}
}
