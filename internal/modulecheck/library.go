// SPDX-License-Identifier: Apache-2.0

package main

import (
	"debug/elf"
	"fmt"
	"os"
	"slices"
	"strings"
)

// What the names of Envoy's interface begin with.
const (
	callbackPrefix = "envoy_dynamic_module_callback_"
	hookPrefix     = "envoy_dynamic_module_on_"
)

// library is what the dynamic linker will see of a module. Names of callbacks and hooks are without what all begin with.
type library struct {
	// size is that of the file in bytes.
	size int64
	// machine is the processor as Go calls it, "amd64".
	machine string
	// calls are the callbacks that are undefined here; true: weak, which Envoy may lack.
	calls map[string]bool
	// hooks are those that are defined here, sorted.
	hooks []string
	// needs are the libraries that are loaded with this one.
	needs []string
	// glibc has for each version of glibc that is asked for a symbol that asks for it.
	glibc map[version]string
	// bindsNow reports whether all symbols are looked up when the module is loaded.
	bindsNow bool
}

// machines are the processors that Envoy is built for.
var machines = map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64"}

// readLibrary reads a shared library.
func readLibrary(path string) (library, error) {
	file, err := elf.Open(path)
	if err != nil {
		return library{}, fmt.Errorf("%s: %w", path, err)
	}
	defer file.Close()
	info, err := os.Stat(path)
	if err != nil {
		return library{}, err
	}
	l := library{size: info.Size(), machine: machines[file.Machine], calls: map[string]bool{}, glibc: map[version]string{}}
	if file.Type != elf.ET_DYN || l.machine == "" {
		return library{}, fmt.Errorf("%s is no shared library for amd64 or arm64, but %v for %v", path, file.Type, file.Machine)
	}
	if err := l.readSymbols(file); err != nil {
		return library{}, fmt.Errorf("%s: %w", path, err)
	}
	if l.needs, err = file.ImportedLibraries(); err != nil {
		return library{}, fmt.Errorf("%s: %w", path, err)
	}
	for tag, now := range map[elf.DynTag]uint64{elf.DT_FLAGS: uint64(elf.DF_BIND_NOW), elf.DT_FLAGS_1: uint64(elf.DF_1_NOW)} {
		values, err := file.DynValue(tag)
		if err != nil {
			return library{}, fmt.Errorf("%s: %w", path, err)
		}
		l.bindsNow = l.bindsNow || slices.ContainsFunc(values, func(v uint64) bool { return v&now != 0 })
	}
	return l, nil
}

// readSymbols sorts the dynamic symbols into callbacks, hooks and those of glibc.
func (l *library) readSymbols(file *elf.File) error {
	symbols, err := file.DynamicSymbols()
	if err != nil {
		return err
	}
	for _, symbol := range symbols {
		undefined := symbol.Section == elf.SHN_UNDEF
		if name, ok := strings.CutPrefix(symbol.Name, callbackPrefix); ok && undefined {
			l.calls[name] = elf.ST_BIND(symbol.Info) == elf.STB_WEAK
		}
		if name, ok := strings.CutPrefix(symbol.Name, hookPrefix); ok && !undefined {
			l.hooks = append(l.hooks, name)
		}
		if text, ok := strings.CutPrefix(symbol.Version, "GLIBC_"); ok && undefined {
			v, err := parseVersion(text)
			if err != nil {
				return fmt.Errorf("symbol %s: %w", symbol.Name, err)
			}
			l.glibc[v] = symbol.Name
		}
	}
	slices.Sort(l.hooks)
	return nil
}

// newestGlibc is the version of glibc that the library needs at least.
func (l library) newestGlibc() version {
	var newest version
	for v := range l.glibc {
		if v.newer(newest) {
			newest = v
		}
	}
	return newest
}

func (l library) String() string {
	weak := 0
	for _, is := range l.calls {
		if is {
			weak++
		}
	}
	return fmt.Sprintf("%d bytes, %s, %d hooks, %d callbacks (%d weak), glibc %s", l.size, l.machine, len(l.hooks), len(l.calls), weak, l.newestGlibc())
}
