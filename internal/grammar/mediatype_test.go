// SPDX-License-Identifier: Apache-2.0

package grammar

import "testing"

func TestAreParameters(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       bool
	}{
		{"none", "", true},
		{"token", "charset=utf-8", true},
		{"spaces around", " \tcharset=utf-8 \t", true},
		{"two", "a=b;c=d", true},
		{"semicolon at the end", "a=b;", true},
		{"quoted", `a=";=\"\\"; b=c`, true},
		{"empty quoted", `a=""`, true},
		{"no value", "a", false},
		{"empty value", "a=", false},
		{"no name", "=b", false},
		{"space before the equals sign", "a =b", false},
		{"space in the value", "a=b c", false},
		{"text behind a quoted value", `a="b"c`, false},
		{"open quote", `a="b`, false},
		{"escaped closing quote", `a="b\"`, false},
		{"nothing between semicolons", "a=b;;c=d", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := areParameters(tc.text); got != tc.want {
				t.Errorf("areParameters(%q) = %t, want %t", tc.text, got, tc.want)
			}
		})
	}
}
