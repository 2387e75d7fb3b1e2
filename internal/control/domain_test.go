// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// account is the AWS account of tests.
const account = "111111111111"

// admin may do everything.
var admin = control.Caller{Name: "admin", Key: "AKIDADMIN", RequestID: "request-1", Rights: auth.Rights{Role: auth.Admin}}

// server is a Control with its store and its clock.
type server struct {
	*control.Control
	store store.Store
	now   time.Time
}

// newServer makes a Control on an empty SQLite store. accept is Options.AcceptWithoutEffect.
func newServer(t *testing.T, accept bool) *server {
	t.Helper()
	s := &server{store: storetest.New(t), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	s.Control = control.New(s.store, control.Options{Account: account, Region: "eu-west-1", AcceptWithoutEffect: accept, Now: func() time.Time { return s.now }})
	return s
}

// strict is a Control on the same store that does not accept settings without effect.
func (s *server) strict() *control.Control {
	return control.New(s.store, control.Options{Account: account, Region: "eu-west-1", Now: func() time.Time { return s.now }})
}

// must gives a value, and ends the test on an error.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// api makes a REST API, and gives its id.
func (s *server) api(t *testing.T) string {
	t.Helper()
	return must(s.CreateRestAPI(t.Context(), admin, apigateway.CreateRestAPIInput{Name: new("pets")}))(t).ID
}

// deployed makes a REST API with a stage prod, and gives its id.
func (s *server) deployed(t *testing.T) string {
	t.Helper()
	api := s.api(t)
	must(s.CreateDeployment(t.Context(), admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod")}))(t)
	return api
}

// wantError holds that an error is one of AWS's with a type and a message.
func wantError(t *testing.T, err error, kind, message string) {
	t.Helper()
	var known *apigateway.Error
	switch {
	case !errors.As(err, &known):
		t.Errorf("error %v, want %s: %s", err, kind, message)
	case known.Type != kind || known.Message != message:
		t.Errorf("error\n%s: %s\nwant\n%s: %s", known.Type, known.Message, kind, message)
	}
}

// count is how many records of a kind there are.
func (s *server) count(t *testing.T, kind string) int {
	t.Helper()
	n := 0
	if err := s.store.View(t.Context(), func(r store.Reader) error {
		records, err := r.All(kind)
		n = len(records)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

// sorted compares lists of words whatever their order.
var sorted = cmp.Transformer("sorted", func(words []string) string { return strings.Join(slices.Sorted(slices.Values(words)), " ") })

// sameWords reports whether two texts have the same words, whatever their order.
func sameWords(a, b string) bool {
	return slices.Equal(slices.Sorted(strings.FieldsSeq(a)), slices.Sorted(strings.FieldsSeq(b)))
}
