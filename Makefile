# Two commands do all the set-up on a fresh machine:
#
#	make run	build what is missing and open the app on the sample essay
#	make test	install what the tests need and run them all

GO      ?= go
VERSION := $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
LDFLAGS := -X photodesk/export.Version=$(VERSION)
# Release builds promise Fyne that all drawing happens on its own goroutine.
DESKTOP := -tags migrated_fynedo

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0

.PHONY: run run-window run-headless test bench bench-peers torture lint build ctl votes fuzz

## run: open the sample essay; without a display, export and serve it on loopback
run:
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(MAKE) --no-print-directory run-window; else $(MAKE) --no-print-directory run-headless; fi

run-window: build bin/sample.photodesk
	bin/photodesk bin/sample.photodesk

run-headless: ctl bin/sample.photodesk
	bin/photodeskctl export bin/sample.photodesk --essay $$(bin/photodeskctl list bin/sample.photodesk | awk 'NR == 1 { print $$1 }') --out bin/sample-bundle
	@echo "No display: the sample's bundle is in bin/sample-bundle, and served here until you press Ctrl+C:"
	bin/photodeskctl preview bin/sample.photodesk --essay $$(bin/photodeskctl list bin/sample.photodesk | awk 'NR == 1 { print $$1 }')

bin/sample.photodesk: | ctl
	bin/photodeskctl new $@ --sample

## build: the programs, into bin/
build: ctl votes
	.ci/install build
	$(GO) build $(DESKTOP) -ldflags "$(LDFLAGS)" -o bin/photodesk ./cmd/photodesk

ctl:
	CGO_ENABLED=0 $(GO) build -ldflags "$(LDFLAGS)" -o bin/photodeskctl ./cmd/photodeskctl

votes:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-X main.version=$(VERSION)" -o bin/photodesk-votes ./cmd/photodesk-votes

## test: everything, with real windows, a real browser, real files
test:
	.ci/install build test
	$(GO) test -timeout 20m ./...
	CGO_ENABLED=0 $(GO) test ./cmd/photodeskctl ./cmd/photodesk-votes ./export/derive ./export/votes/... ./project/...

## bench: figures as ratios against something real run beside it
bench:
	.ci/install build
	$(GO) test -run '^$$' -bench . -benchmem ./...

## bench-peers: our export and import beside sharp, Pillow, vipsthumbnail and what the codecs alone take
PHOTOS ?= 30
ROUNDS ?= 3
IMPORT ?= 500
ONLY   ?=
TMP    ?=
SHARP  := 0.35.5
bench-peers:
	.ci/install build bench
	cmd/photodesk-peers/peers/corpus.sh bin/peers $(PHOTOS)
	cd bin/peers && npm install --no-audit --no-fund --no-save --silent sharp@$(SHARP)
	gcc -O2 -o bin/peers/bound cmd/photodesk-peers/peers/bound.c -lturbojpeg -lwebp
	$(GO) build -o bin/photodesk-peers ./cmd/photodesk-peers
	bin/photodesk-peers -rounds $(ROUNDS) -import $(IMPORT) -only "$(ONLY)" -tmp "$(TMP)"

## torture: kill a working process KILLS times, the vote service and its PostgreSQL VOTE_KILLS times each; nothing that was acknowledged may be lost
KILLS      ?= 300
VOTE_KILLS ?= 50
torture:
	.ci/install build test
	PHOTODESK_KILLS=$(KILLS) $(GO) test -v -timeout 60m -run 'KilledProcess' ./project
	PHOTODESK_KILLS=$(KILLS) $(GO) test -v -timeout 60m -run 'KilledExport' ./export
	PHOTODESK_ROUNDS=$(VOTE_KILLS) $(GO) test -v -timeout 60m -run 'Killed' ./cmd/photodesk-votes

## lint: what has to be clean before a change lands
lint:
	.ci/install build
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...
	@out=$$($(GO) run $(GOFUMPT) -l .); if [ -n "$$out" ]; then echo "gofumpt would change:"; echo "$$out"; exit 1; fi

## fuzz: each fuzz target for FUZZTIME
FUZZTIME ?= 30s
fuzz:
	@for pkg in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
		for f in $$(grep -h '^func Fuzz' $$pkg/*_test.go | sed 's/func \(Fuzz[A-Za-z]*\).*/\1/'); do \
			$(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done
