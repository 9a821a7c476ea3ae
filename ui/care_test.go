package ui

import (
	"testing"

	"photodesk/project"
)

func TestCreditChangesListsWhatWasCleaned(t *testing.T) {
	list := []project.Photo{
		{ID: 1, Byline: "Jane Doe", Credit: "Jane Doe/Agence France-Presse via Getty Images", CreditLine: "Jane Doe/AFP via Getty Images"},
		{ID: 2, Byline: "Jane Doe", Credit: "AP", CreditLine: "Jane Doe/AP"},
		{ID: 3, Credit: "HO", CreditLine: "HO"},
		{ID: 4, Byline: "Jane Doe", Credit: "Associated Press", CreditLine: "Jane Doe for us"}, // the editor's own
	}
	got := creditChanges(list)
	if len(got) != 2 || got[0].Photo.ID != 1 || got[0].Raw != "Jane Doe/Agence France-Presse via Getty Images" || got[1].Photo.ID != 3 || got[1].Sure {
		t.Errorf("changes %+v", got)
	}
}
