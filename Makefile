# markaz: `make run` and `make test` are the two commands to know; both install what is missing first (tools/install).
JOBS ?= 2
LISTEN ?= 0.0.0.0:8080
DEMO ?= demo
SECONDS_EACH ?= 60

.PHONY: build run test dev quick bench fuzz torture clean format tidy
export JOBS

build: # build/markaz
	@tools/install build
	@tools/setup build
	@ninja -C build -j $(JOBS) --quiet

run: build # a Centre with one year of history on http://localhost:8080
	@[ -d $(DEMO) ] || build/markaz demo --data $(DEMO)
	build/markaz serve --data $(DEMO) --listen $(LISTEN)

test: # what CI runs
	@tools/test

dev: build # serves the demo, builds and starts again when a file is saved
	@[ -d $(DEMO) ] || build/markaz demo --data $(DEMO)
	@tools/dev $(DEMO) $(LISTEN)

quick: # before a commit: what changed, in seconds
	@tools/quick

bench: # prints the rows of bench/README.md
	@tools/install build bench
	@tools/bench

fuzz: # each parser for SECONDS_EACH seconds
	@tools/install build test
	@tools/fuzz $(SECONDS_EACH)

torture: # the tests again and again under sanitizers
	@tools/install build test
	@tools/torture

format: # writes the form of the code
	@tools/format

tidy: # the rules of the house
	@tools/tidy

clean:
	rm -rf build build-asan build-fuzz .cache
