// SPDX-License-Identifier: Apache-2.0

package wasmhost

// sharedData is the key-value store of a vm_id. Source: cpp-host shared_data.cc.
type sharedData struct {
	entries map[string]sharedEntry
	// cas is the number of the latest change.
	cas uint32
}

type sharedEntry struct {
	value []byte
	cas   uint32
}

// sharedData returns the store of a vm_id.
func (p *Process) sharedData(vmID string) *sharedData {
	if p.shared[vmID] == nil {
		p.shared[vmID] = &sharedData{entries: map[string]sharedEntry{}}
	}
	return p.shared[vmID]
}

func (v *vm) getSharedData(in args) (result, Status) {
	entry, ok := v.base.shared.entries[in.texts[0]]
	if !ok {
		return result{}, StatusNotFound
	}
	return result{data: entry.value, number: uint64(entry.cas)}, StatusOK
}

// setSharedData refuses a CAS number that is neither 0 nor that of the entry.
func (v *vm) setSharedData(in args) (result, Status) {
	shared, cas := v.base.shared, uint32(in.numbers[0])
	entry, ok := shared.entries[in.texts[0]]
	if ok && cas != 0 && cas != entry.cas {
		return result{}, StatusCasMismatch
	}
	shared.cas++
	shared.entries[in.texts[0]] = sharedEntry{[]byte(in.texts[1]), shared.cas}
	return result{}, StatusOK
}
