// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/source"
)

// exchangeKeys are the keys of a test that say what is tested.
var exchangeKeys = []string{"request", "error", "envoy"}

// exchangeObject is a test without its name and without what is wanted.
var exchangeObject = object[*Test]{
	name: "exchange", required: []string{"error"},
	keys: slices.DeleteFunc(slices.Clone(testObject.keys), func(k key[*Test]) bool { return !slices.Contains(exchangeKeys, k.name) }),
}

// ReadExchange reads one exchange, JSON or YAML, in the form that tests have it: an object with error, and if need be request and
// envoy. It counts for nothing when one of the findings is an error.
func ReadExchange(name string, text []byte) (exchange.Exchange, finding.List) {
	written, found := source.Read(name, text)
	if written == nil {
		return exchange.Exchange{}, found
	}
	f := &File{Name: name, written: written}
	d := &decoder{Reader: jsonread.NewReader(written.Text, &f.places, maxFindings), file: f}
	var t Test
	begin, isObject := d.Ahead(), d.Kind() == '{'
	there, _ := exchangeObject.read(d, Text{}, &t)
	if isObject {
		d.missing(&exchangeObject, there, begin, "exchange")
	}
	d.Trailing()
	return t.Exchange, append(found, d.findings()...)
}

// ExchangeObjects lists the objects of the form of one exchange, the root first.
func ExchangeObjects() []config.Object {
	return []config.Object{exchangeObject.manual(), requestObject.manual(), errorObject.manual(), envoyObject.manual()}
}
