# The commands of this project. `make demo` shows it, `make test` proves it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: demo check test bench fuzz schema clean

demo: ## Play the Lampung year and explain one candidate
	@cargo build --quiet --package cli
	@target/debug/paritrana cycle run cycles/lampung-2023
	@echo
	@target/debug/paritrana explain cycles/lampung-2023 "Metro"

check: ## The inner loop: format, clippy, tidy, unit tests
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo test --quiet --workspace --lib --bins

test: ## Everything
	tools/need.sh
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo test --workspace
	tools/conformance.sh 10000
	tools/fuzz.sh 15

bench: ## Measure, beside other tools in the same run
	bench/run.sh

fuzz: ## Fuzz the readers for longer
	tools/fuzz.sh 300

schema: ## Write the JSON Schema that editors use
	cargo run --quiet --package cli -- rulebook schema > rulebooks/rulebook.schema.json

clean:
	cargo clean
