// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// version is one of glibc, 2.2.5 or 2.17.
type version [3]int

// parseVersion reads two or three numbers with dots between them.
func parseVersion(text string) (version, error) {
	var v version
	parts := strings.Split(text, ".")
	if len(parts) != 2 && len(parts) != 3 {
		return v, fmt.Errorf("%q is no version of glibc; write e.g. 2.17", text)
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return v, fmt.Errorf("%q is no version of glibc; write e.g. 2.17", text)
		}
		v[i] = int(n)
	}
	return v, nil
}

// newer reports whether v came after other.
func (v version) newer(other version) bool {
	return slices.CompareFunc(v[:], other[:], cmp.Compare[int]) > 0
}

func (v version) String() string {
	if v[2] == 0 {
		return fmt.Sprintf("%d.%d", v[0], v[1])
	}
	return fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2])
}
