// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"gatewayresponses/internal/facts"
)

// Null is a null, which Envoy cannot hand out, nor a map or a list that holds one.
type Null struct{}

var errNull = errors.New("a null cannot be serialized")

// serialize writes a value as proxy_get_property hands it out. Source: envoy extensions/common/wasm/context.cc,
// serializeValue.
//
//	string, []byte            as it is
//	int64, uint64, float64    8 bytes, little endian
//	bool                      1 byte
//	time.Time                 nanoseconds since 1970 as an int64
//	time.Duration             nanoseconds as an int64
//	facts.Headers             pairs
//	map[string]any            pairs, the values serialized, in the order of the keys
//	[]any                     pairs, the values serialized as names
//	Null                      an error
func serialize(value any) ([]byte, error) {
	switch value := value.(type) {
	case string:
		return []byte(value), nil
	case []byte:
		return value, nil
	case int64:
		return word(uint64(value)), nil
	case uint64:
		return word(value), nil
	case float64:
		return word(math.Float64bits(value)), nil
	case bool:
		if value {
			return []byte{1}, nil
		}
		return []byte{0}, nil
	case time.Time:
		return word(uint64(value.UnixNano())), nil
	case time.Duration:
		return word(uint64(value)), nil
	case facts.Headers:
		return encodePairs(value), nil
	case map[string]any:
		return serializeMap(value)
	case []any:
		return serializeList(value)
	case Null:
		return nil, errNull
	}
	return nil, fmt.Errorf("a property cannot be a %T", value)
}

func word(value uint64) []byte { return binary.LittleEndian.AppendUint64(nil, value) }

func serializeMap(values map[string]any) ([]byte, error) {
	var pairs facts.Headers
	for _, key := range slices.Sorted(maps.Keys(values)) {
		value, err := serialize(values[key])
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, facts.Header{Name: key, Value: string(value)})
	}
	return encodePairs(pairs), nil
}

func serializeList(values []any) ([]byte, error) {
	var pairs facts.Headers
	for _, element := range values {
		value, err := serialize(element)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, facts.Header{Name: string(value)})
	}
	return encodePairs(pairs), nil
}
