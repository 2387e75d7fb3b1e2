// SPDX-License-Identifier: Apache-2.0

package sigv4

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// message is a request in the form in which it is signed, but for its path.
type message struct {
	method, path, query, headers, names, payload string
}

// newMessage makes the canonical form of a request.
func newMessage(r *http.Request, sent *signed, payload string) (*message, error) {
	path, rawQuery := target(r)
	query, err := canonicalQuery(rawQuery, sent.presigned)
	if err != nil {
		return nil, err
	}
	headers, err := canonicalHeaders(r, sent.headers)
	if err != nil {
		return nil, err
	}
	return &message{
		method: r.Method, path: path, query: query, headers: headers,
		names: strings.Join(sent.headers, ";"), payload: payload,
	}, nil
}

// canonical is the canonical request with a path.
func (m *message) canonical(path string) string {
	return strings.Join([]string{m.method, encode(path, "/"), m.query, m.headers, m.names, m.payload}, "\n")
}

// paths are those that the signer may have signed: the path as it was sent, and, as AWS has it, without dot segments and
// empty ones. Some signers of AWS's SDKs do the one, some the other.
func (m *message) paths() []string {
	if normal := normalPath(m.path); normal != m.path {
		return []string{m.path, normal}
	}
	return []string{m.path}
}

// target gives path and query of a request, both as they were sent.
func target(r *http.Request) (path, query string) {
	sent := r.RequestURI
	if !strings.HasPrefix(sent, "/") { // a request that is not sent yet, or one in the absolute form, which proxies get
		sent = r.URL.RequestURI()
	}
	path, query, _ = strings.Cut(sent, "?")
	return path, query
}

// Path is the path of a request as it was sent, percent-encoded.
func Path(r *http.Request) string {
	path, _ := target(r)
	return path
}

// normalPath removes dot segments and empty segments from an encoded path.
func normalPath(path string) string {
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for _, segment := range segments {
		switch segment {
		case "", ".":
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
		default:
			kept = append(kept, segment)
		}
	}
	normal := "/" + strings.Join(kept, "/")
	if last := segments[len(segments)-1]; len(kept) > 0 && (last == "" || last == "." || last == "..") {
		normal += "/"
	}
	return normal
}

// canonicalQuery sorts the parameters by name and value, and encodes all in one way. The signature is no part of what it signs.
func canonicalQuery(raw string, presigned bool) (string, error) {
	var pairs [][2]string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		if strings.Contains(pair, ";") {
			return "", incomplete("The query has a ';' that is not percent-encoded: '%s'. Decoders do not agree on what it means.", cut(pair))
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return "", incomplete("The query is not percent-encoded: %v in '%s'.", err, cut(pair))
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return "", incomplete("The query is not percent-encoded: %v in '%s'.", err, cut(pair))
		}
		if presigned && name == "X-Amz-Signature" {
			continue
		}
		pairs = append(pairs, [2]string{encode(name, ""), encode(value, "")})
	}
	slices.SortFunc(pairs, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	texts := make([]string, len(pairs))
	for i, pair := range pairs {
		texts[i] = pair[0] + "=" + pair[1]
	}
	return strings.Join(texts, "&"), nil
}

// canonicalHeaders writes the headers that are signed, a line each. These must be all that say something of the request in AWS's
// own words, so that nobody can add one.
func canonicalHeaders(r *http.Request, names []string) (string, error) {
	for i, name := range names {
		if name == "" || name != strings.ToLower(name) || i > 0 && names[i-1] >= name {
			return "", incomplete("SignedHeaders must be names in lower case, sorted, each once: '%s'.", cut(strings.Join(names, ";")))
		}
	}
	if !slices.Contains(names, "host") {
		return "", invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.")
	}
	for name := range r.Header {
		lower := strings.ToLower(name)
		if _, ok := slices.BinarySearch(names, lower); strings.HasPrefix(lower, "x-amz-") && !ok {
			return "", invalid("'%s' must be a 'SignedHeader' in the AWS Authorization.", cut(lower))
		}
	}
	var b strings.Builder
	for _, name := range names {
		values := headerValues(r, name)
		if values == nil {
			return "", invalid("'%s' is a 'SignedHeader' in the AWS Authorization, and not in the request.", cut(name))
		}
		for i, value := range values {
			values[i] = strings.Join(strings.FieldsFunc(value, func(c rune) bool { return c == ' ' }), " ")
		}
		b.WriteString(name + ":" + strings.Join(values, ",") + "\n")
	}
	return b.String(), nil
}

// headerValues gives the values of a header, also of those that net/http keeps elsewhere.
func headerValues(r *http.Request, name string) []string {
	if name == "host" {
		return []string{r.Host}
	}
	values := slices.Clone(r.Header[http.CanonicalHeaderKey(name)])
	if values == nil && name == "content-length" && r.ContentLength >= 0 {
		return []string{strconv.FormatInt(r.ContentLength, 10)}
	}
	return values
}

// unsignedPayload stands in the place of a body's hash when a signature does not cover the body.
const unsignedPayload = "UNSIGNED-PAYLOAD"

// payloadHash is what stands for the body in the canonical request.
func payloadHash(r *http.Request, sent *signed, body []byte) (string, error) {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	said, ok := header(r, "X-Amz-Content-Sha256")
	if !ok && sent.presigned {
		said = r.URL.Query().Get("X-Amz-Content-Sha256")
	}
	switch {
	case said == "" || said == hash:
		return hash, nil
	case said == unsignedPayload && len(body) == 0:
		return said, nil
	case said == unsignedPayload:
		return "", invalid("A signature must cover the body: %s is for requests without one.", unsignedPayload)
	case strings.HasPrefix(said, "STREAMING-"):
		return "", invalid("Bodies that are signed in chunks ('%s') are not taken: sign the whole body.", cut(said))
	}
	return "", invalid("The value of X-Amz-Content-Sha256, '%s', is not the SHA-256 of the body that came, '%s'.", cut(said), hash)
}

const upperHex = "0123456789ABCDEF"

// encode percent-encodes all bytes but those that RFC 3986 calls unreserved, and those that are safe.
func encode(text, safe string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9',
			c == '-', c == '_', c == '.', c == '~', strings.IndexByte(safe, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
		}
	}
	return b.String()
}
