// SPDX-License-Identifier: Apache-2.0

package gallery

import (
	"fmt"
	"hash/fnv"
	"strings"

	"gatewayresponses/internal/survey"
)

// names gives files names, each once: also on file systems that do not tell upper from lower case.
type names struct{ taken map[string]bool }

func newNames() *names { return &names{taken: map[string]bool{}} }

// of is the name of the files of a view, without extension: "document/THROTTLED.text-html", "routes/partner/THROTTLED".
func (n *names) of(v *survey.View) string {
	folder := "document"
	if v.Route != "" {
		folder = "routes/" + plain(v.Route)
	}
	name := folder + "/" + string(v.Type)
	if v.Media != "" {
		name += "." + plain(v.Media)
	}
	lower := strings.ToLower(name)
	if n.taken[lower] {
		name += fmt.Sprintf(".%08x", hash(v.Route+"\x00"+v.Media))
		lower = strings.ToLower(name)
	}
	n.taken[lower] = true
	return name
}

// maxName is how many bytes a part of a path has at most; file systems allow 255.
const maxName = 100

// plain is a text as a part of a path: letters, digits, "_" and dots stay, all else is "-". One that is too long ends in a hash.
func plain(text string) string {
	var b strings.Builder
	for i, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '.' && i > 0:
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	if b.Len() > maxName {
		return fmt.Sprintf("%s-%08x", b.String()[:maxName], hash(text))
	}
	return b.String()
}

func hash(text string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum32()
}
