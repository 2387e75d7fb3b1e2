// SPDX-License-Identifier: Apache-2.0

package cli

import "gatewayresponses/internal/commandline"

// What the commands of gwr say often, by short names.
var (
	usage       = commandline.Usage
	usageOf     = commandline.UsageOf
	unreadable  = commandline.Unreadable
	errFindings = commandline.ErrFindings
	addFormat   = commandline.AddFormat
	addChoice   = commandline.AddChoice
	must        = commandline.Must
)

type failure = commandline.Failure
