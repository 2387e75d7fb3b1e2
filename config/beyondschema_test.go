// SPDX-License-Identifier: Apache-2.0

package config

// Why a schema cannot refuse a document.
const (
	sameName  = "a validator sees the last of two equal keys only"
	anyCase   = "the name of a header, or of a media type, counts in any case"
	twoMaps   = "the same header in two maps, or in two spellings"
	numerals  = "1.0 and 1e3 are whole numbers to a validator"
	nesting   = "a schema cannot count levels"
	surrogate = "a validator takes half a surrogate pair"
)

// beyondSchema are the bad documents that the schema takes, and why it cannot refuse them.
var beyondSchema = map[string]string{
	"declared-header":            anyCase,
	"declared-header-of-clients": anyCase,
	"duplicate-extension":        sameName,
	"duplicate-header":           sameName,
	"duplicate-key-by-escape":    sameName,
	"duplicate-media-type":       sameName,
	"duplicate-stage-variable":   sameName,
	"duplicate-type":             sameName,
	"header-in-both-maps":        twoMaps,
	"header-twice-in-parameters": twoMaps,
	"lone-surrogate":             surrogate,
	"media-type-case":            anyCase,
	"media-type-parameters":      anyCase,
	"revision-exponent":          numerals,
	"routes-metadata-deep":       nesting,
	"status-exponent":            numerals,
	"status-whole-fraction":      numerals,
	"version-fraction":           numerals,
}
