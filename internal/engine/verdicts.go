// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"sync"

	"gatewayresponses/config"
	"gatewayresponses/internal/route"
)

// What the verdicts on route documents may take, per program. A document in metadata is not part of the program's own, so
// that a configuration with very many of them must not take the memory of the proxy.
const (
	// maxDocuments is how many verdicts are kept.
	maxDocuments = 1024
	// maxDocumentBytes is how many bytes their texts may have together: as many as the largest document of the filter.
	maxDocumentBytes = config.MaxSize
	// maxDocumentFindings is how many findings on one text are kept.
	maxDocumentFindings = 20
)

// routeDocuments compiles route documents, and remembers the verdicts. They follow from the text and the program alone: what
// is forgotten is only found out once more.
type routeDocuments struct {
	// mutex lets a program be shared. A VM has one thread.
	mutex    sync.Mutex
	verdicts map[string]*verdict
	// size is that of all verdicts, in bytes of text.
	size int
}

// verdict is what is known of one text.
type verdict struct {
	// scope is what the text means, nil when it means nothing.
	scope     *scope
	resources *route.Resources
	findings  config.Findings
}

// of is the verdict on a text.
func (d *routeDocuments) of(p *Program, text string) *verdict {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if known := d.verdicts[text]; known != nil {
		return known
	}
	found := p.compileRoute(text)
	size := found.size(text)
	if d.size += size; d.size > maxDocumentBytes || len(d.verdicts) == maxDocuments {
		d.verdicts, d.size = map[string]*verdict{}, size
	}
	d.verdicts[strings.Clone(text)] = found
	return found
}

// size is how much a verdict counts.
func (v *verdict) size(text string) int {
	size := len(text)
	for _, finding := range v.findings {
		size += len(finding.Path) + len(finding.Message)
	}
	return size
}
