// SPDX-License-Identifier: Apache-2.0

package command

import (
	"context"
	"errors"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/store"
)

// withStore does something with the store, beside the server or without one.
func (a *app) withStore(ctx context.Context, do func(store.Store) error) (err error) {
	if err := a.settings.CheckAddress(); err != nil {
		return commandline.Usage(err)
	}
	on, err := a.settings.OpenStore(ctx)
	if err != nil {
		return commandline.Unreadable(err)
	}
	defer func() { err = errors.Join(err, on.Close()) }()
	if err := do(on); err != nil {
		return commandline.Unreadable(err)
	}
	return nil
}

// withControl is withStore for what is done by the rules of the domain.
func (a *app) withControl(ctx context.Context, do func(*control.Control) error) error {
	if err := a.settings.CheckStore(); err != nil {
		return commandline.Usage(err)
	}
	return a.withStore(ctx, func(on store.Store) error {
		c, err := a.settings.NewControl(on)
		if err != nil {
			return err
		}
		err = do(c)
		var refused *apigateway.Error
		if errors.As(err, &refused) {
			return errors.New(refused.Message)
		}
		return err
	})
}
