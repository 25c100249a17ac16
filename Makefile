# The commands of this project. `make demo` shows it, `make test` proves it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PARITRANA = $${CARGO_TARGET_DIR:-target}/debug/paritrana
# What is rehearsed in the demo: half a minute in an unoptimised build.
REHEARSED = --provinces 2 --category kabkota --category usaha-kecil-mikro --faults
BROWSER = crates/web/browser/node_modules/.package-lock.json
.PHONY: demo check test soak bench fuzz schema pictures browser clean

$(BROWSER): crates/web/browser/package-lock.json
	cd crates/web/browser && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

browser: $(BROWSER) ## Fetch the browser files that are not ours, by the lock file

demo: $(BROWSER) ## Play the Lampung year and explain one candidate, then rehearse a year through the database
	@cargo build --quiet --package cli
	@echo '$$ paritrana cycle run cycles/lampung-2023'
	@$(PARITRANA) cycle run cycles/lampung-2023
	@echo; echo '$$ paritrana explain cycles/lampung-2023 "Lampung Tengah"'
	@$(PARITRANA) explain cycles/lampung-2023 "Lampung Tengah"
	@echo; echo '$$ paritrana rehearse $(REHEARSED)'
	@echo '# 2 of 38 provinces and 2 of 9 categories: this is the unoptimised build. A release build plays the whole nation: paritrana rehearse --faults'
	@$(PARITRANA) rehearse $(REHEARSED)

check: $(BROWSER) ## The inner loop: format, clippy, tidy, unit tests
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo test --quiet --workspace --lib --bins

test: $(BROWSER) ## Everything
	tools/need.sh
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	tools/postgres.sh cargo test --workspace
	tools/conformance.sh 10000
	bench/smoke.sh
	tools/fuzz.sh 15

soak: $(BROWSER) ## Break things 200 times each while many write, both databases, one table at the end: about half an hour
	tools/soak.sh 200

bench: $(BROWSER) ## Measure, beside other tools in the same run
	bench/run.sh
	bench/store.sh

fuzz: $(BROWSER) ## Fuzz the readers for longer
	tools/fuzz.sh 300

schema: $(BROWSER) ## Write the JSON Schema that editors use
	cargo run --quiet --package cli -- rulebook schema > rulebooks/rulebook.schema.json

pictures: $(BROWSER) ## Draw the pictures of the README from what the program prints
	cargo build --quiet --package cli
	tools/pictures.sh

clean:
	cargo clean
