// SPDX-License-Identifier: Apache-2.0

package typetable

import (
	"slices"
	"strings"
	"sync"

	"gatewayresponses/internal/glob"
)

// Unseen reports whether no filter at the head of the chain sees replies with these details and this status. early reports that the
// filter is one which sees what comes before the chain.
func Unseen(details string, status int, early bool) bool {
	matches := func(row Details) bool { return row.matches(details, status) }
	if !slices.ContainsFunc(rows().unseen, matches) {
		return false // as most do, after a few comparisons
	}
	first := &rows().all[slices.IndexFunc(rows().all, matches)]
	return first.Seen == never && (!early || !first.IsBefore())
}

// never is what Seen says of replies that no filter at the head of the chain sees, unless it is one that sees early replies.
const never = "no"

// detailRows are the rows of response code details, and those of them that no filter at the head of the chain sees.
type detailRows struct{ all, unseen []Details }

var rows = sync.OnceValue(func() detailRows {
	t, err := Read()
	if err != nil {
		panic(err) // the table is embedded, and read by a test
	}
	unseen := slices.DeleteFunc(slices.Clone(t.Details), func(row Details) bool { return row.Seen != never })
	return detailRows{t.Details, unseen}
})

// matches reports whether the row is for replies with these details and this status.
func (d *Details) matches(details string, status int) bool {
	return (d.Status == 0 || d.Status == status) && glob.Match(d.Pattern, details)
}

// IsBefore reports whether Envoy itself sends such replies, and no filter. Those that our filter does not see come before the chain of
// filters then, and else on the way back, when the reply has passed our filter.
func (d *Details) IsBefore() bool {
	return slices.ContainsFunc(d.SentBy, func(name string) bool {
		return name == "hcm" || name == "uhv" || strings.HasPrefix(name, "codec_")
	})
}
