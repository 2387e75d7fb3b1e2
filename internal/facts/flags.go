// SPDX-License-Identifier: Apache-2.0

package facts

import "strings"

// Flags is Envoy's bit mask of response flags.
type Flags uint64

// flagNames lists the short names that access logs print, by bit. Source: envoy/stream_info/stream_info.h, CoreResponseFlag.
var flagNames = [...]string{
	"LH", "UH", "UT", "LR", "UR", "UF", "UC", "UO", "NR", "DI",
	"FI", "RL", "UAEX", "RLSE", "DC", "URX", "SI", "IH", "DPE", "UMSDR",
	"RFCF", "NFCF", "DT", "UPE", "NC", "OM", "DF", "DO", "DR", "UDO",
}

// ParseFlag returns the flag called name ("UT"), or 0 when Envoy has none of that name.
func ParseFlag(name string) Flags {
	for bit, known := range flagNames {
		if known == name {
			return 1 << bit
		}
	}
	return 0
}

// Has reports whether any of want is set.
func (f Flags) Has(want Flags) bool { return f&want != 0 }

// String lists the short names with commas between, as %RESPONSE_FLAGS% does; "-" when none is set.
func (f Flags) String() string {
	var names []string
	for bit, name := range flagNames {
		if f&(1<<bit) != 0 {
			names = append(names, name)
		}
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, ",")
}
