// SPDX-License-Identifier: Apache-2.0

package manual_test

import (
	"strings"
	"testing"

	"gatewayresponses/internal/manual"
)

// at goes along a path, in which [] is an element.
func at(path string) manual.Place {
	place := manual.Root()
	for step := range strings.SplitSeq(path, " ") {
		switch step {
		case "":
		case "[]":
			place = place.Element()
		default:
			place = place.Member(step)
		}
	}
	return place
}

func TestPlaces(t *testing.T) {
	for _, tc := range []struct {
		path            string
		object, text    bool
		since, firstKey string
		takesExtensions bool
		orderOfUnknowns int
	}{
		{path: "", object: true, firstKey: "version", takesExtensions: true, orderOfUnknowns: 17},
		{path: "revision", since: "0.2.0"},
		{path: "mode", since: "0.1.0", text: true},
		{path: "routeDocuments", since: "0.1.0"},
		{path: "stageVariables", since: "0.1.0"},
		{path: "stageVariables docs", text: true},
		{path: "stageVariables mode", text: true},
		{path: "gatewayResponses", since: "0.1.0"},
		{path: "gatewayResponses THROTTLED", object: true, firstKey: "statusCode", takesExtensions: true, orderOfUnknowns: 4},
		{path: "gatewayResponses THROTTLED statusCode", since: "0.1.0", text: true},
		{path: "gatewayResponses THROTTLED responseTemplates text/html", text: true},
		{path: "routes", since: "0.1.0"},
		{path: "routes []", object: true, firstKey: "name", takesExtensions: true, orderOfUnknowns: 10},
		{path: "routes [] escaping", since: "0.2.0", text: true},
		{path: "routes [] api", object: true, firstKey: "id", since: "0.1.0", orderOfUnknowns: 3},
		{path: "routes [] gatewayResponses THROTTLED", object: true, firstKey: "statusCode", takesExtensions: true, orderOfUnknowns: 4},
		{path: "routes [] match", object: true, firstKey: "routeNames", since: "0.1.0", orderOfUnknowns: 7},
		{path: "routes [] match metadata", since: "0.1.0"},
		{path: "routes [] match metadata istio config", text: true},
		{path: "routes [] match hosts", since: "0.1.0"},
		{path: "routes [] match hosts []", text: true},
		{path: "routes [] inherit", since: "0.1.0"},
		{path: "classification [] responseType", since: "0.1.0", text: true},
		{path: "classification [] when responseHeaders []", object: true, firstKey: "name", orderOfUnknowns: 4},
		{path: "classification [] when responseHeaders [] present", since: "0.1.0"},
		{path: "cors preflight maxAgeSeconds", since: "0.1.0"},
		{path: "nothing", text: true},
	} {
		t.Run(tc.path, func(t *testing.T) {
			place := at(tc.path)
			if place.Object() != tc.object || place.TakesText() != tc.text || place.Extensions() != tc.takesExtensions {
				t.Errorf("object %t, text %t, extensions %t; want %t, %t, %t",
					place.Object(), place.TakesText(), place.Extensions(), tc.object, tc.text, tc.takesExtensions)
			}
			if since := ""; place.Key() != nil && place.Key().Since != tc.since || place.Key() == nil && tc.since != since {
				t.Errorf("the key is %v, want one since %q", place.Key(), tc.since)
			}
			if keys := place.Keys(); tc.firstKey != "" && (len(keys) == 0 || keys[0].Name != tc.firstKey) {
				t.Errorf("the keys are %v, want %s first", keys, tc.firstKey)
			}
			if got := place.Order("nothing"); got != tc.orderOfUnknowns {
				t.Errorf("an unknown key has place %d, want %d", got, tc.orderOfUnknowns)
			}
		})
	}
}
