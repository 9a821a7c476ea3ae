package export

// This file owns the schemas of what a bundle says of itself.

import _ "embed" // the schemas

// StorySchema and BundleSchema are JSON Schemas (2020-12) of story.json and bundle.json, each field described.
var (
	//go:embed story.schema.json
	StorySchema []byte
	//go:embed bundle.schema.json
	BundleSchema []byte
)
