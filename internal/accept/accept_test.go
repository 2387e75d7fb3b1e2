// SPDX-License-Identifier: Apache-2.0

package accept

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/growth"
)

func TestChoose(t *testing.T) {
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
	for _, tc := range []struct{ name, keys, accept, want string }{
		{"no Accept", "application/json text/html", "", "application/json"},
		{"no Accept, no JSON", "application/problem+json text/html", "", "application/problem+json"},
		{"exact", "application/json text/html", "text/html", "text/html"},
		{"exact in other case", "application/json text/html", "Text/HTML", "text/html"},
		{"browser", "application/problem+json text/html", browser, "text/html"},
		{"curl", "application/json text/html", "*/*", "application/json"},
		{"highest quality", "application/json text/html text/plain", "text/html;q=0.5, text/plain;q=0.8, application/json;q=0.1", "text/plain"},
		{"three decimals", "application/json text/html", "application/json;q=0.998, text/html;q=0.999", "text/html"},
		{"tie gives JSON", "application/json text/html", "text/html, application/json", "application/json"},
		{"tie without JSON gives the first key", "text/html text/plain", "text/plain, text/html", "text/html"},
		{"type range", "application/json text/html", "text/*", "text/html"},
		{"specific beats range", "application/json text/html text/plain", "text/*;q=0.9, text/html;q=0.1, application/json;q=0.5", "text/plain"},
		{"refused by q=0", "application/json text/html", "application/json;q=0, */*;q=0.1", "text/html"},
		{"all refused", "application/json text/html", "*/*;q=0", "application/json"},
		{"no match", "application/json text/html", "image/png", "application/json"},
		{"JSON names a JSON suffix", "application/problem+json text/html", "application/json", "application/problem+json"},
		{"JSON names itself first", "application/json application/problem+json", "application/json", "application/json"},
		{"suffix is less sure than the name", "application/problem+json text/html", "application/json, application/problem+json;q=0.1, text/html;q=0.5", "text/html"},
		{"suffix is surer than a range", "application/problem+json text/html", "application/*;q=0.1, application/json;q=0.9, text/html;q=0.5", "application/problem+json"},
		{"parameters are ignored", "application/json text/html", "text/html;level=1;charset=utf-8", "text/html"},
		{"parameter of the key", "application/json text/html;charset=utf-8", "text/html", "text/html;charset=utf-8"},
		{"comma in quotes", "application/json text/html", `text/html;a="x,y;q=0"`, "text/html"},
		{"extension after the weight", "application/json text/html", "text/html;q=1;a=b", "text/html"},
		{"empty members", "application/json text/html", ", ,text/html,", "text/html"},
		{"malformed weight", "application/json text/html", "text/html;q=2", "application/json"},
		{"malformed weight with a letter", "application/json text/html", "text/html;q=0.x", "application/json"},
		{"malformed range", "application/json text/html", "text/html, */html", "application/json"},
		{"no slash", "application/json text/html", "text/html, html", "application/json"},
		{"too long", "application/json text/html", "text/html" + strings.Repeat(",text/html", 820), "application/json"},
		{"open quote", "application/json text/html", `text/html;a="`, "application/json"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			keys := strings.Fields(tc.keys)
			if got := keys[New(keys).Choose(tc.accept)]; got != tc.want {
				t.Errorf("Choose(%s, %q) = %s, want %s", tc.keys, tc.accept, got, tc.want)
			}
		})
	}
}

func TestFaultOf(t *testing.T) {
	for header, want := range map[string]Fault{
		"":                                {},
		", text/html;q=0.5,":              {},
		"text/html,*/*;q=.5":              {Member: "*/*;q=.5", Weight: ".5"},
		"a/b;q=2, */html":                 {Member: "a/b;q=2", Weight: "2"},
		"text/html, */html , a":           {Member: "*/html"},
		`text/html;q=0.1;b=c, a/b;c="`:    {Member: `a/b;c="`},
		strings.Repeat("a/b,", MaxLength): {TooLong: true},
	} {
		if got := FaultOf(header); got != want {
			t.Errorf("FaultOf(%.40q) = %+v, want %+v", header, got, want)
		}
		if counts := New([]string{"a/b"}).Scores(header) != nil; counts != (want == Fault{}) {
			t.Errorf("%.40q counts: %t, but its fault is %+v", header, counts, want)
		}
	}
}

// FuzzChoose holds that the key is chosen that RFC 9110 asks for, whatever a client sends, that several lines are one list, and that
// spelling out what is meant anyway changes nothing.
func FuzzChoose(f *testing.F) {
	for _, seed := range []string{"", "*/*", "text/html;q=0.5,application/json;q=0.1", `a/b;c="d,\"e";q=0.000`, "text/*,*/*;q=0", "q=1", ";;,"} {
		f.Add(seed)
	}
	keys := []string{"application/json", "application/problem+json", "text/html", "text/plain"}
	f.Fuzz(func(t *testing.T, accept string) {
		if len(accept) > 1<<10 {
			t.Skip("longer than it takes to find out")
		}
		mediaTypes := New(keys)
		place := mediaTypes.Choose(accept)
		if place < 0 || place >= len(keys) {
			t.Fatalf("Choose(%q) = %d, which is no key", accept, place)
		}
		chosen := keys[place]
		ranges := rangesOf(accept)
		if want := chooseByDefinition(keys, ranges); chosen != want {
			t.Errorf("Choose(%q) = %s, want %s", accept, chosen, want)
		}
		scores := mediaTypes.Scores(accept)
		if scores == nil && ranges != nil {
			t.Errorf("Scores(%q) = %v, and the ranges are %v", accept, scores, ranges)
		}
		if scores != nil && slices.ContainsFunc(scores, func(s Score) bool { return s.Quality > scores[place].Quality }) {
			t.Errorf("Scores(%q) = %v, and key %d is chosen", accept, scores, place)
		}
		if ranges == nil {
			return
		}
		if lines := keys[mediaTypes.Choose(accept+",")]; lines != chosen {
			t.Errorf("Choose(%q) = %s, with an empty line more %s", accept, chosen, lines)
		}
		if again := keys[mediaTypes.Choose(spelledOut(ranges))]; again != chosen {
			t.Errorf("Choose(%q) = %s, spelled out %s", accept, chosen, again)
		}
	})
}

// TestChooseGrowth holds that the work grows as the header and as the media types, and not as one times the other.
func TestChooseGrowth(t *testing.T) {
	header := growth.Repeat("", "a/b,", "c/d", MaxLength)
	growth.Check(t, "a choice of many media types", func(size int) func() {
		keys := make([]string, size/8)
		for i := range keys {
			keys[i] = "e/" + strconv.Itoa(i)
		}
		return func() { New(keys).Choose(header) }
	})
	keys := make([]string, 10_000)
	for i := range keys {
		keys[i] = "e/" + strconv.Itoa(i)
	}
	growth.Within(t, "a choice of 10,000 media types by 2,000 ranges", 20*time.Millisecond, func() { New(keys).Choose(header) })
}

// spelledOut writes ranges with every weight.
func spelledOut(ranges []mediaRange) string {
	const digits = "0123456789"
	members := make([]string, len(ranges))
	for i, r := range ranges {
		w := r.weight
		members[i] = r.name + ";q=" + string([]byte{digits[w/1000], '.', digits[w/100%10], digits[w/10%10], digits[w%10]})
	}
	return strings.Join(members, ", ")
}

// FuzzRange holds that ranges, and the ends of members, are what RFC 9110 says, byte by byte.
func FuzzRange(f *testing.F) {
	for _, seed := range []string{"text/*", "*/*", "*/html", "te*t/html", "text/h*", "text/**", "/", "a/b/c", `a="b,c\",d",e`, `"`, `,"`, ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, subtype, found := strings.Cut(text, "/")
		isName := func(name string) bool { return chars.IsToken(name) && !strings.Contains(name, "*") }
		if got, want := validRange(text), found && isName(kind) && (isName(subtype) || subtype == "*") || text == "*/*"; got != want {
			t.Errorf("validRange(%q) = %t, want %t", text, got, want)
		}
		end, quoted, escaped := len(text), false, false
		for i := range len(text) {
			if text[i] == ',' && !quoted {
				end = i
				break
			}
			quoted, escaped = quoted != (text[i] == '"' && !escaped), quoted && !escaped && text[i] == '\\'
		}
		before, after, ok := cutUnquoted(text, ',')
		if before != text[:end] || after != text[min(end+1, len(text)):] || ok == quoted {
			t.Errorf("cutUnquoted(%q) = %q, %q, %t, want the cut at %d, and %t", text, before, after, ok, end, !quoted)
		}
	})
}

// rangesOf are the ranges of an Accept header, nil for one that does not count.
func rangesOf(header string) (ranges []mediaRange) {
	for header != "" {
		var r mediaRange
		var ok bool
		if r, header, ok = cutRange(header); !ok {
			return nil
		}
		if r.name != "" {
			ranges = append(ranges, r)
		}
	}
	return ranges
}

// chooseByDefinition asks each key for the ranges that name it, from the surest on. The first key is application/json.
func chooseByDefinition(keys []string, ranges []mediaRange) string {
	chosen, best := keys[0], -1
	for _, key := range keys {
		kind, _, _ := strings.Cut(key, "/")
		names := []string{key, kind + "/*", "*/*"}
		if strings.HasSuffix(key, "+json") {
			names = []string{key, JSON, kind + "/*", "*/*"}
		}
		if quality := firstWeight(names, ranges); quality > best {
			chosen, best = key, quality
		}
	}
	return chosen
}

// firstWeight is the weight of the first name that has one.
func firstWeight(names []string, ranges []mediaRange) int {
	for _, name := range names {
		for _, r := range ranges {
			if r.name == name {
				return r.weight
			}
		}
	}
	return 0
}

// BenchmarkChoose prepares a choice, and chooses.
func BenchmarkChoose(b *testing.B) {
	keys := []string{"application/json", "application/problem+json", "text/html"}
	const header = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
	b.Run("prepare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			New(keys)
		}
	})
	b.Run("a browser", func(b *testing.B) {
		mediaTypes := New(keys)
		b.ReportAllocs()
		for b.Loop() {
			mediaTypes.Choose(header)
		}
	})
}
