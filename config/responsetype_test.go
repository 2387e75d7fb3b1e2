// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"testing"
)

func TestResponseTypes(t *testing.T) {
	types := ResponseTypes()
	if len(types) != 21 {
		t.Errorf("%d types, want AWS's 21", len(types))
	}
	if !slices.IsSorted(types) {
		t.Errorf("ResponseTypes() = %q, want them in alphabetical order", types)
	}
}

func TestFamily(t *testing.T) {
	for _, tc := range []struct {
		responseType ResponseType
		want         ResponseType
	}{
		{Throttled, Default4XX},
		{IntegrationTimeout, Default5XX},
		{AuthorizerFailure, Default5XX},
		{Default4XX, Default4XX},
		{Default5XX, Default5XX},
	} {
		if got := tc.responseType.Family(); got != tc.want {
			t.Errorf("%s.Family() = %s, want %s", tc.responseType, got, tc.want)
		}
	}
}

func TestFamilyOf(t *testing.T) {
	for status, want := range map[int]ResponseType{400: Default4XX, 499: Default4XX, 500: Default5XX, 599: Default5XX} {
		if got := FamilyOf(status); got != want {
			t.Errorf("FamilyOf(%d) = %s, want %s", status, got, want)
		}
	}
}

func TestDefaultStatus(t *testing.T) {
	for responseType, want := range map[ResponseType]int{
		AccessDenied: 403, IntegrationFailure: 504, WAFFiltered: 403, Default4XX: 0, Default5XX: 0, "NO_TYPE": 0,
	} {
		if got := responseType.DefaultStatus(); got != want {
			t.Errorf("%s.DefaultStatus() = %d, want %d", responseType, got, want)
		}
	}
}
