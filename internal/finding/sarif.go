// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"

	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonwrite"
)

// The parts of a log in SARIF 2.1.0 (OASIS) that findings have.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
		FullDescription  sarifText `json:"fullDescription"`
		Help             sarifText `json:"help"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId,omitempty"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		ArtifactLocation sarifFile    `json:"artifactLocation"`
		Region           *sarifRegion `json:"region,omitempty"`
	}
	sarifFile struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

// SARIF writes findings as a log in SARIF 2.1.0, which code scanners read. version is that of gwr.
func (l List) SARIF(w io.Writer, version string) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "gwr", Version: version, Rules: l.sarifRules()}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, 0, len(l)),
	}
	var columns characters
	for _, f := range l {
		run.Results = append(run.Results, f.sarif(&columns))
	}
	return jsonwrite.Indented(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifRules are the kinds that the findings have, each once.
func (l List) sarifRules() []sarifRule {
	codes := make([]code.Code, 0, len(l))
	for _, f := range l {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	rules := []sarifRule{}
	for _, c := range slices.Compact(codes) {
		if entry, ok := catalogue.Of(c); ok {
			rules = append(rules, sarifRule{
				ID:               c.String(),
				ShortDescription: sarifText{Text: entry.Title},
				FullDescription:  sarifText{Text: entry.Means},
				Help:             sarifText{Text: entry.Fix, Markdown: entry.Means + "\n\n" + entry.Fix},
			})
		}
	}
	return rules
}

// sarif is a finding as a result of a run.
func (f Finding) sarif(columns *characters) sarifResult {
	result := sarifResult{Level: "note", Message: sarifText{Text: f.Words()}}
	if f.Severity != Info {
		result.Level = string(f.Severity)
	}
	if f.Code != 0 {
		result.RuleID = f.Code.String()
	}
	place := sarifPlace{ArtifactLocation: sarifFile{(&url.URL{Path: filepath.ToSlash(f.File)}).String()}}
	if f.Line > 0 {
		place.Region = &sarifRegion{f.Line, columns.of(f.Place)}
	}
	result.Locations = []sarifLocation{{place}}
	return result
}
