// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/control"
)

// onStore does something on the store, beside the server or without one.
func (a *app) onStore(ctx context.Context, do func(*control.Control) error) (err error) {
	if err := a.settings.CheckStore(); err != nil {
		return commandline.Usage(err)
	}
	on, err := a.settings.OpenStore(ctx)
	if err != nil {
		return commandline.Unreadable(err)
	}
	defer func() { err = errors.Join(err, on.Close()) }()
	c, err := a.settings.NewControl(on)
	if err != nil {
		return commandline.Unreadable(err)
	}
	var refused *apigateway.Error
	if err := do(c); errors.As(err, &refused) {
		return commandline.Usage(errors.New(refused.Message))
	} else if err != nil {
		return commandline.Unreadable(err)
	}
	return nil
}
