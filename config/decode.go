// SPDX-License-Identifier: Apache-2.0

package config

// Decode reads a document and checks all of it but what its variables and templates mean. The findings are sorted by
// place; text that is not JSON ends them. The document is never nil: it holds what could be decoded, with defaults for
// the rest, so that a caller may go on and find more. It keeps text, which must not change afterwards.
func Decode(text []byte) (*Document, Findings) {
	d := newDecoder(text, MaxFindings)
	if d.checkInput() {
		rootObject.read(d, Text{}, d.document)
		d.settle()
		d.checkOwnTypes()
		d.checkUpstream()
		d.Trailing()
	}
	return d.result()
}
