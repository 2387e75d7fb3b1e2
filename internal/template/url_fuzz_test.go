// SPDX-License-Identifier: Apache-2.0

package template

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"
)

// origin says where a browser goes for a URL in a page of https://page.example, by the URL standard: the scheme, and the host and
// port of those that have one. It is the judge of what package template lets through, and shares nothing with it.
func origin(url, base string) string {
	url = strings.TrimFunc(url, func(r rune) bool { return r <= ' ' })
	url = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(url)
	scheme, rest := base, url
	if found := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`).FindString(url); found != "" {
		scheme, rest = strings.ToLower(strings.TrimSuffix(found, ":")), url[len(found):]
		switch scheme {
		case "http", "https", "ws", "wss", "ftp", "file":
			if scheme != base || strings.HasPrefix(rest, "//") {
				rest = "//" + rest
			}
		default:
			return scheme + ":"
		}
	}
	if len(rest) < 2 || !strings.ContainsRune(`/\`, rune(rest[0])) || !strings.ContainsRune(`/\`, rune(rest[1])) {
		return base + "://page.example"
	}
	host := strings.TrimLeft(rest, `/\`)
	if end := strings.IndexAny(host, `/\?#`); end >= 0 {
		host = host[:end]
	}
	return scheme + "://" + strings.ToLower(host[strings.LastIndexByte(host, '@')+1:])
}

func TestOrigin(t *testing.T) {
	for _, tc := range []struct{ url, want string }{
		{"/a", "https://page.example"},
		{"https:a", "https://page.example"},
		{"https:/a", "https://page.example"},
		{"https:\\\\a", "https://a"},
		{"http:/a", "http://a"},
		{" \x01//a/b", "https://a"},
		{"/\t/a:1?", "https://a:1"},
		{"java\nscript:b", "javascript:"},
		{"https://b@A\\c", "https://a"},
		{"a/b:c", "https://page.example"},
	} {
		if got := origin(tc.url, "https"); got != tc.want {
			t.Errorf("origin(%q) = %q, want %q", tc.url, got, tc.want)
		}
	}
}

// refreshed is the URL in the content of a <meta http-equiv="refresh">, or in the header Refresh.
var refreshed = regexp.MustCompile(`(?is)^\s*[0-9.]*[\s;,]*(?:url\s*=\s*)?['"]?(.*)$`)

// withURL are attributes that hold one URL.
var withURL = strings.Fields(`action altimg background base by cite classid codebase data definitionurl dynsrc formaction from href icon itemid longdesc
	lowsrc manifest poster profile src to usemap`)

// destinations are the origins of all URLs in a page, with their attributes.
func destinations(text []byte, base string) []string {
	var all []string
	for tokens := html.NewTokenizer(bytes.NewReader(text)); tokens.Next() != html.ErrorToken; {
		token := tokens.Token()
		pragma := ""
		for _, attribute := range token.Attr {
			if attribute.Key == "http-equiv" && pragma == "" {
				pragma = strings.ToLower(attribute.Val)
			}
		}
		for _, attribute := range token.Attr {
			local := attribute.Key[strings.LastIndexByte(attribute.Key, ':')+1:]
			switch {
			case local == "srcset" || local == "imagesrcset" || local == "ping" || local == "archive" || local == "itemtype" || local == "attributionsrc":
				for _, url := range strings.FieldsFunc(attribute.Val, func(r rune) bool { return r <= ' ' || r == ',' }) {
					all = append(all, local+" "+origin(url, base))
				}
			case local == "values":
				for url := range strings.SplitSeq(attribute.Val, ";") {
					all = append(all, local+" "+origin(url, base))
				}
			case attribute.Key == "content" && token.Data == "meta" && strings.TrimSpace(pragma) == "refresh":
				all = append(all, "refresh "+origin(refreshed.FindStringSubmatch(attribute.Val)[1], base))
			case slices.Contains(withURL, local):
				all = append(all, local+" "+origin(attribute.Val, base))
			}
		}
	}
	return all
}

const (
	// mark is a plain value that no template has, and ownMark one of a client's own, which no link can choose.
	mark, ownMark = "zq9q", "hq9q"
	// owners is the value of most stage variables.
	owners = "https://docs.example.com"
)

// hostileOwners are the values of the owner's variables behind which a URL may go on in many ways.
var hostileOwners = []string{owners, "", "/", " ", "https:", "https://", "//", "prod", "docs.example.com", ".example.com", "https", ":", "java", "\\", "a@", "?", "/a/"}

// fillURLs fills a template with a value of the owner's, one that a link chooses, and one of the client's own. Paths begin with a slash.
func fillURLs(parsed *Template, owner, value, own string) []byte {
	text, _ := parsed.Render(nil, NoLimit, func(i int) (string, bool) {
		v := variable{name: parsed.Names()[i]}
		kind, _ := resolve(v.name, "")
		switch {
		case kind == KindAbsent:
			return "", false
		case kind == KindJSON:
			return "404", true
		case v.isOwners():
			return owner, true
		case v.isURL() && v.filter == "":
			return "404", true
		case v.isPath():
			return "/" + strings.TrimPrefix(value, "/"), true
		case v.isInLink():
			return value, true
		}
		return own, true
	})
	return text
}

// sameOrigin: a value leads nowhere else than another one does, but for the beginning of a host that ends as the owner wrote it, and
// for a host of the client's own.
func sameOrigin(got, want string) bool {
	before, host, _ := strings.Cut(want, "//")
	if got == want || strings.Contains(host, ownMark) && strings.HasPrefix(got, before) {
		return true
	}
	at := strings.LastIndex(want, mark)
	if at < 0 {
		return false
	}
	end := want[at+len(mark):]
	// The owner's variable may stand in the host, and the judge cuts it where that ends.
	end = strings.Replace(end, ".https:", ".docs.https:", 1)
	got = strings.Replace(got, ".https:", ".docs.https:", 1)
	return strings.HasPrefix(end, ".") && strings.Count(end, ".") > 1 && strings.HasSuffix(got, end) && strings.HasPrefix(got, before)
}

// checkOrigins compares the destinations that two values give.
func checkOrigins(t *testing.T, what, value string, got, want []string) {
	t.Helper()
	same := len(got) == len(want)
	for i := 0; same && i < len(got); i++ {
		same = sameOrigin(got[i], want[i])
	}
	if !same {
		t.Errorf("%s with %q leads to %q, want %q", what, value, got, want)
	}
}

// urlSeeds are the templates of the archives in testdata/errors, of one place.
func urlSeeds(f *testing.F, place string) []string {
	f.Helper()
	paths, err := filepath.Glob("testdata/errors/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatal(err)
	}
	var texts []string
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if strings.EqualFold(strings.TrimSpace(string(archive.Files[0].Data)), place) {
			for i := 1; i < len(archive.Files); i += 2 {
				texts = append(texts, strings.TrimSuffix(string(archive.Files[i].Data), "\n"))
			}
		}
	}
	return texts
}

// hostileURLs are what a client would try to lead elsewhere.
var hostileURLs = []string{
	"", "/", "//evil.example", "\\evil.example", "/\\evil.example", "evil.example", ".evil.example/", "@evil.example", ":80@evil.example", "javascript:alert(1)",
	"106;avascript:alert(1)", "x6a;", "\t//evil.example", " 1x, https://evil.example", ";https://evil.example", "https:", "javascript", "Tab;", "%2f%2fevil.example", "'\">",
}

// only is that all variables of the owner have one value.
func only(owner string) func(string) []string {
	return func(string) []string { return []string{owner} }
}

// FuzzURL: no value changes the scheme, host or port of a URL that the owner of a page wrote.
func FuzzURL(f *testing.F) {
	for _, text := range urlSeeds(f, "text/html") {
		for i, value := range hostileURLs {
			f.Add(text, value, owners)
			f.Add(text, value, hostileOwners[i%len(hostileOwners)])
		}
	}
	f.Fuzz(func(t *testing.T, text, value, owner string) {
		if len(text)+len(value) > maxFuzz || len(owner) > maxOwners || !utf8.ValidString(owner) || strings.Contains(text+owner, "q9q") {
			return
		}
		for _, unsafe := range []Unsafe{Refuse, Empty} {
			parsed, _ := Parse(text, Options{MediaType: "text/html", Unsafe: unsafe, Resolve: resolve, Owners: only(owner)})
			if parsed == nil {
				continue
			}
			for _, base := range []string{"https", "http"} {
				what := fmt.Sprintf("%q (Unsafe %d, owner %q) at %s:", text, unsafe, owner, base)
				checkOrigins(t, what, value, destinations(fillURLs(parsed, owner, value, value), base), destinations(fillURLs(parsed, owner, mark, ownMark), base))
			}
		}
	})
}

// FuzzURLHeader: the same for Location, Refresh and Link.
func FuzzURLHeader(f *testing.F) {
	for _, header := range []string{"location", "refresh", "link"} {
		for _, text := range urlSeeds(f, header) {
			for i, value := range hostileURLs {
				f.Add(header, text, value, owners)
				f.Add(header, text, value, hostileOwners[i%len(hostileOwners)])
			}
		}
	}
	f.Fuzz(func(t *testing.T, header, text, value, owner string) {
		// Header values have no control characters, and are trimmed.
		if len(text)+len(value) > maxFuzz || len(owner) > maxOwners || !utf8.ValidString(owner) || strings.Contains(text+owner, "q9q") || strings.ContainsFunc(text+value+owner, func(r rune) bool { return r < ' ' && r != '\t' }) {
			return
		}
		parsed, _ := Parse(text, Options{Header: header, Resolve: resolve, Owners: only(owner)})
		if parsed == nil {
			return
		}
		got, want := headerURLs(header, string(fillURLs(parsed, owner, value, value))), headerURLs(header, string(fillURLs(parsed, owner, mark, ownMark)))
		checkOrigins(t, fmt.Sprintf("%s: %q (owner %q)", header, text, owner), value, got, want)
	})
}

// headerURLs are the destinations of a header.
func headerURLs(header, value string) []string {
	switch header {
	case "location":
		return []string{origin(value, "https"), origin(value, "http")}
	case "refresh":
		return []string{origin(refreshed.FindStringSubmatch(value)[1], "http")}
	case "link":
		var all []string
		for _, link := range regexp.MustCompile(`<([^>]*)>`).FindAllStringSubmatch(value, -1) {
			all = append(all, origin(link[1], "http"))
		}
		return all
	}
	return nil
}
