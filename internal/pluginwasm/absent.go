// SPDX-License-Identifier: Apache-2.0

//go:build !pluginwasm

package pluginwasm

var embedded []byte
