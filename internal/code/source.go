// SPDX-License-Identifier: Apache-2.0

package code

// What people write.
const (
	// NotYAML is a text that cannot be read as YAML.
	NotYAML Code = 201
	// BadAlias is an alias or a merge key that stands for nothing.
	BadAlias Code = 202
	// UnknownTag is a YAML tag for which JSON has no value.
	UnknownTag Code = 203
	// SecondDocument is a second YAML document in a file.
	SecondDocument Code = 204
	// SourceTooLarge is a file, or what becomes of it, that is too large or nests too deep.
	SourceTooLarge Code = 205
	// BadBodyFile is a body in a file of its own that cannot be read.
	BadBodyFile Code = 206
)

// What several files make together (gwr build).
const (
	// Conflict is a key with different values in two files.
	Conflict Code = 210
	// BadSetting is a value of the command line without a place in the document.
	BadSetting Code = 211
	// NewerKey is a key or name that the version of the filter does not know which the document is built for.
	NewerKey Code = 212
	// BadOwners is an owners file that says nothing, or something that cannot be.
	BadOwners Code = 213
	// NoOwner is a file that the owners file gives to nobody, or to several teams.
	NoOwner Code = 214
	// NotOwned is what a team may not say.
	NotOwned Code = 215
)

// Writing what people write in one form (gwr fmt).
const (
	// NotFormatted is a file that cannot be formatted without a loss.
	NotFormatted Code = 220
)
