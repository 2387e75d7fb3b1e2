// SPDX-License-Identifier: Apache-2.0

//go:build !faults

package main

// Faults happen on demand only in the build for e2e/faults, see fault_on_demand.go.

func provoke(*vm, string) {}

func provokeIn(*plugin, string) {}
