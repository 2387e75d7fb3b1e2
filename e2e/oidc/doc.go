// SPDX-License-Identifier: Apache-2.0

// Package oidc lets people sign in to a real gwrd with a real provider of OpenID
// Connect, the one of zitadel's library: its discovery, its form to sign in, its
// codes, keys and sign-out. It is a module of its own, as the provider comes with
// much that gwrd does not need.
package oidc
