# What a developer types. `make test` installs what the tests need and lacks; the rest installs nothing.
.PHONY: test lint bench demo

CARGO ?= cargo

# Everything is built at once, the program that the acceptance tests start among it: apart, its crates would
# get other features and be built twice. Nothing runs after cargo: its closing line is the answer.
test:
	@sh tests/install
	$(CARGO) build --workspace --all-targets --locked
	$(CARGO) test --workspace --locked

# With the benchmarks, so that they cannot rot: they are built by nothing else.
lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --features tests/bench --locked -- -D warnings

# tests/benches/RESULTS.md says what it prints, and how to ask for a short run.
bench:
	$(CARGO) build --release --package api --locked
	$(CARGO) bench --package tests --bench ratios --features bench --locked

demo:
	$(CARGO) run --release --locked -- demo
