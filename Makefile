# make help lists the targets. Every recipe runs under `bash -euo pipefail`: a failure inside a pipe is a failure.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

# One set of flags for everything that is built for release, so that run, bench and release share one build.
# Exclusivity is checked in every debug build and test; here the checks of each access would cost 3 % of a request.
# Nobody links against the programs: without exported symbols the linker drops 2.8 MB that nothing uses.
RELEASE := -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked -Xlinker --no-export-dynamic
PRODUCTS := authd hello
# Largest stripped static program, in MB.
SIZE_LIMIT := 32
DIST := .build/dist
SWIFT_SOURCES := Package.swift Sources Tests Benchmarks Fuzz

.PHONY: help
help: ## show this list
	@printf 'authd: a sidecar that authorizes requests. Targets:\n'
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
	@printf '\nVariables: DEMO_ARGS (make run), TEST_ARGS (make test), BENCH_ARGS, BENCH_LAMBDA_ARGS (make bench), FUZZ_SECONDS (make fuzz)\n'

.PHONY: run
run: bootstrap products ## install what is missing, build, and run the demo
	@bin=$$(swift build $(RELEASE) --show-bin-path); \
	exec "$$bin/authd" demo $(DEMO_ARGS)

.PHONY: test
test: bootstrap-tests lint-shell ## install what the tests need and run all of them
	@printf '\n== build with tests\n'
	swift build --build-tests
	@$(MAKE) --no-print-directory check-release check-lambda
	@printf '\n== tests\n'
	scripts/test $(TEST_ARGS)

.PHONY: lint
lint: bootstrap lint-shell ## format, shell scripts, and a build in which every warning is an error
	@printf '\n== format\n'
	swift format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	@printf '\n== build, warnings are errors\n'
	@grep -q AUTHD_WARNINGS Package.swift || { echo 'Package.swift does not read AUTHD_WARNINGS' >&2; exit 1; }
	AUTHD_WARNINGS=error swift build --build-tests

.PHONY: format
format: ## rewrite the Swift sources in the project's format
	swift format format --in-place --parallel --recursive $(SWIFT_SOURCES)

.PHONY: fuzz
fuzz: bootstrap ## fuzz everything that reads bytes, FUZZ_SECONDS (60) for each target; see docs/testing.md
	Fuzz/run

.PHONY: sanitize
sanitize: bootstrap-tests ## run the tests under ThreadSanitizer; see docs/testing.md
	scripts/sanitize

.PHONY: bench
bench: bootstrap-tests products ## measure authd beside nginx, HAProxy and Envoy
	swift build $(RELEASE) --product DecisionBenchmark
	"$$(swift build $(RELEASE) --show-bin-path)/DecisionBenchmark"
	Benchmarks/decision.sh $(BENCH_ARGS)
	Benchmarks/proxy.sh $(BENCH_ARGS)
	@$(MAKE) --no-print-directory bench-lambda

.PHONY: bench-lambda
bench-lambda: bootstrap-tests lambda ## measure lambda-authorizer beside a Python authorizer, under AWS's emulator
	Benchmarks/lambda.sh $(BENCH_LAMBDA_ARGS)

.PHONY: build
build: bootstrap ## build for debugging
	swift build

.PHONY: release
release: bootstrap products ## stripped programs in .build/dist
	@mkdir -p $(DIST); \
	bin=$$(swift build $(RELEASE) --show-bin-path); \
	for product in $(PRODUCTS); do strip -o "$(DIST)/$$product" "$$bin/$$product"; done; \
	ls -l $(DIST)

.PHONY: lambda
lambda: bootstrap-lambda ## the three zips for AWS Lambda, in .build/dist/lambda; see deploy/lambda/README.md
	@scripts/lambda $(RELEASE)

.PHONY: deb
deb: release ## the Debian package, authd_VERSION_ARCH.deb, in .build/dist
	scripts/deb

.PHONY: clean
clean: ## remove everything that was built (not .build-tools)
	rm -rf .build

# Steps that the targets above are made of.

.PHONY: bootstrap
bootstrap:
	@scripts/bootstrap

.PHONY: bootstrap-tests
bootstrap-tests:
	@scripts/bootstrap --tests

.PHONY: bootstrap-lambda
bootstrap-lambda:
	@scripts/bootstrap --lambda

.PHONY: lint-shell
lint-shell:
	@scripts/lint-shell

.PHONY: products
products:
	@printf '\n== release build\n'
	@for product in $(PRODUCTS); do swift build $(RELEASE) --product "$$product"; done

.PHONY: release-folder
release-folder:
	@swift build $(RELEASE) --show-bin-path

.PHONY: check-lambda
check-lambda: lambda
	@sums=$$(sha256sum $(DIST)/lambda/*.zip); \
	bin=$$(swift build $(RELEASE) --show-bin-path); \
	printf '\n== the zips once more, from programs that are linked anew\n'; \
	for zip in $(DIST)/lambda/*.zip; do rm "$$zip" "$$bin/$$(basename "$$zip" .zip)"; done; \
	scripts/lambda $(RELEASE) >/dev/null; \
	sha256sum --check <<<"$$sums"

.PHONY: check-release
check-release: release
	@bin=$$(swift build $(RELEASE) --show-bin-path); \
	for product in $(PRODUCTS); do scripts/check-linkage "$$bin/$$product"; done
	@scripts/check-size $(SIZE_LIMIT) $(addprefix $(DIST)/,$(PRODUCTS))
