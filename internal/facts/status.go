// SPDX-License-Identifier: Apache-2.0

package facts

import "strconv"

// Statuses begin at firstStatus and end before endOfStatuses.
const (
	firstStatus   = 100
	endOfStatuses = 600
)

// statuses are all statuses as text, three digits each.
var statuses = func() string {
	all := make([]byte, 0, 3*(endOfStatuses-firstStatus))
	for status := firstStatus; status < endOfStatuses; status++ {
		all = strconv.AppendInt(all, int64(status), 10)
	}
	return string(all)
}()

// StatusText is a status in digits. It allocates nothing for those that exist.
func StatusText(status int) string {
	if status < firstStatus || status >= endOfStatuses {
		return strconv.Itoa(status)
	}
	at := 3 * (status - firstStatus)
	return statuses[at : at+3]
}
