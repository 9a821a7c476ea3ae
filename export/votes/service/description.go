package service

// This file owns the description of the service for programs; a test holds every
// answer to it.

import (
	_ "embed"
	"net/http"
)

//go:embed openapi.json
var description []byte

func (q *request) describe() {
	q.w.Header().Set("Cache-Control", "public, max-age=3600")
	q.body(http.StatusOK, "application/json", description)
}
