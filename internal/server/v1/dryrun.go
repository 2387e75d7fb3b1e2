// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"reflect"

	"gatewayresponses/internal/control"
)

// trying is what operations take besides that have a dry run. They call one method of Control that changes something, and no other.
type trying struct {
	DryRun bool `query:"dryRun" about:"Whether to carry the operation out, say what would become of it, and undo all of it. The answer is a DryRun then."`
}

// isDryRun reports whether all is to be undone.
func (t trying) isDryRun() bool { return t.DryRun }

// DryRun is the answer of an operation that was carried out and undone.
type DryRun struct {
	Answer any `json:"answer,omitempty" about:"What the operation would answer with; missing, it is nothing. Ids that it makes are other ones the next time."`
	control.Outcome
}

// hasDryRun reports whether the operation has a dry run.
func (o *operation) hasDryRun() bool {
	return o.in.Implements(reflect.TypeFor[interface{ isDryRun() bool }]())
}

// dryRun carries an operation out and undoes it.
func (s *Server) dryRun(ctx context.Context, o *operation, by control.Caller, in any) (made DryRun, err error) {
	made.Outcome, err = s.options.Control.DryRun(ctx, by, func(by control.Caller) error {
		answer, err := o.run(ctx, s, by, in)
		if _, none := answer.(nothing); !none {
			made.Answer = answer
		}
		return err
	})
	return made, err
}
