# The commands of this project. `make demo` shows it, `make test` proves it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
LISTEN = 127.0.0.1:8080
PARITRANA = $${CARGO_TARGET_DIR:-target}/debug/paritrana
BROWSER = crates/web/browser/node_modules/.package-lock.json
.PHONY: demo rehearse check test journeys soak bench fuzz schema pictures guide-pictures screens browser clean

$(BROWSER): crates/web/browser/package-lock.json
	cd crates/web/browser && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

browser: $(BROWSER) ## Fetch the browser files that are not ours, by the lock file

demo: $(BROWSER) ## Fill an invented award year that is under way today, serve it, and print a sign-in link for each role
	@cargo build --quiet --package cli
	@mkdir -p var/demo
	@PARITRANA_FILES=var/demo/files PARITRANA_MAIL=var/mail $(PARITRANA) demo serve --database var/demo/award.db --listen $(LISTEN)

rehearse: $(BROWSER) ## Play the Lampung year, explain one candidate, and rehearse two provinces with faults at the terminal
	@cargo build --quiet --package cli
	@$(PARITRANA) cycle run cycles/lampung-2023
	@echo; $(PARITRANA) explain cycles/lampung-2023 "Lampung Tengah"
	@echo; $(PARITRANA) rehearse --provinces 2 --category kabkota --category usaha-kecil-mikro --faults

check: $(BROWSER) ## The inner loop: format, clippy, tidy, unit tests
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo test --quiet --workspace --lib --bins

# Compiled once and from the beginning, as on a machine that tests every change: what the compiler would keep for the next small change
# takes as much disk as everything else together.
test: export CARGO_INCREMENTAL = 0
test: $(BROWSER) ## Everything
	tools/need.sh
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	tools/postgres.sh cargo test --workspace
	SITE_PROGRAM="$(PARITRANA)" tools/journeys.sh
	tools/conformance.sh 10000
	bench/smoke.sh
	tools/fuzz.sh 15

journeys: $(BROWSER) ## Walk through the pages in a real browser
	tools/need.sh
	tools/journeys.sh

soak: $(BROWSER) ## Break things 200 times each while many write, both databases, one table at the end: ten minutes, on a busy machine an hour
	tools/soak.sh 200

bench: $(BROWSER) ## Measure, beside other tools in the same run
	bench/run.sh
	bench/store.sh
	bench/web.sh

fuzz: $(BROWSER) ## Fuzz the readers for longer
	tools/fuzz.sh 300

schema: $(BROWSER) ## Write the JSON Schema that editors use
	cargo run --quiet --package cli -- rulebook schema > rulebooks/rulebook.schema.json

pictures: $(BROWSER) ## Draw the pictures of the README from what the program prints and its pages show
	cargo build --quiet --package cli
	tools/pictures.sh
	tools/screens.sh --readme

guide-pictures: $(BROWSER) ## Take the pictures of the guide from the pages
	tools/guide-pictures.sh

screens: $(BROWSER) ## Take pictures of every page into var/screens
	tools/screens.sh

clean:
	cargo clean
