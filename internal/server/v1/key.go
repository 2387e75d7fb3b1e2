// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onKeys are the operations on access keys.
func onKeys() []operation {
	return []operation{
		op("listKeys", "GET", "/keys", auth.Admin, everything, "List the access keys", listKeys),
		op("createKey", "POST", "/keys", auth.Admin, ownRights, "Make an access key", createKey).created(),
		op("getKey", "GET", "/keys/{key}", auth.Admin, ownRights, "Get an access key", getKey),
		op("updateKey", "PATCH", "/keys/{key}", auth.Admin, ownRights, "Change an access key", updateKey),
		op("deleteKey", "DELETE", "/keys/{key}", auth.Admin, ownRights, "Delete an access key", deleteKey),
	}
}

// Keys are the access keys.
type Keys struct {
	Items []control.Key `json:"items" about:"The keys, by name, without their secrets."`
}

func listKeys(ctx context.Context, s *Server, by control.Caller, _ noInput) (Keys, error) {
	found, err := s.options.Control.Keys(ctx, by)
	return Keys{found}, err
}

// newKey is what createKey takes.
type newKey struct {
	Name    string      `json:"name" about:"What the key is for, or whose it is."`
	Rights  auth.Rights `json:"rights" about:"What the key may do; no more than its maker may."`
	Expires *time.Time  `json:"expires,omitempty" about:"When it is to stop working; missing, it does not."`
}

func createKey(ctx context.Context, s *Server, by control.Caller, in newKey) (control.NewKey, error) {
	return s.options.Control.CreateKey(ctx, by, control.KeyInput{Name: &in.Name, Rights: &in.Rights, Expires: in.Expires})
}

// oneKey names an access key.
type oneKey struct {
	Key string `uri:"key" about:"The id of the key."`
}

func getKey(ctx context.Context, s *Server, by control.Caller, in oneKey) (control.Key, error) {
	return s.options.Control.GetKey(ctx, by, in.Key)
}

// changedKey is what updateKey takes.
type changedKey struct {
	oneKey
	control.KeyInput
}

func updateKey(ctx context.Context, s *Server, by control.Caller, in changedKey) (control.Key, error) {
	return s.options.Control.UpdateKey(ctx, by, in.Key, in.KeyInput)
}

func deleteKey(ctx context.Context, s *Server, by control.Caller, in oneKey) (nothing, error) {
	_, err := s.options.Control.DeleteKey(ctx, by, in.Key)
	return nothing{}, err
}
