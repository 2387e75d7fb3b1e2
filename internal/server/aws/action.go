// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"context"

	"gatewayresponses/internal/control"
)

// action carries out an operation.
type action struct {
	// input is how its input is made of a request.
	input form
	// run carries it out, and gives its output.
	run func(context.Context, control.Caller, message) (any, error)
}

// bind makes an action of a method of control.
func bind[In, Out any](method func(context.Context, control.Caller, In) (Out, error)) action {
	input := formOf[In]()
	return action{input: input, run: func(ctx context.Context, by control.Caller, m message) (any, error) {
		in, err := decode[In](input, m)
		if err != nil {
			return nil, err
		}
		return method(ctx, by, in)
	}}
}
