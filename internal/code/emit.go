// SPDX-License-Identifier: Apache-2.0

package code

// What other means than the filter cannot say.
const (
	// NotSayable is a part of a document that is left out.
	NotSayable Code = 401
	// SaidOtherwise are replies that get another answer than from the filter.
	SaidOtherwise Code = 402
)
