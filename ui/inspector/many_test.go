package inspector

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"photodesk/project"
	"photodesk/ui/story"
)

func TestSeveralBlocks(t *testing.T) {
	in, _, _ := newRoom(t)
	var said []string
	in.OnDo = func(what story.Doing) { said = append(said, fmt.Sprint("do ", what)) }
	in.OnWidths = func(w project.Width) { said = append(said, "width "+string(w)) }
	in.OnVotes = func(on bool) { said = append(said, fmt.Sprint("votes ", on)) }
	blocks := []project.Block{
		{ID: 1, Kind: project.KindText, Text: "a"},
		{ID: 2, Kind: project.KindPhoto, Placements: []project.Placement{{ID: 1, Width: project.WidthWide, Vote: true}}},
		{ID: 3, Kind: project.KindPhoto, Placements: []project.Placement{{ID: 2, Width: project.WidthWide}}},
	}
	in.ShowBlocks(blocks)
	p := in.many
	if !p.body.Visible() || in.block.body.Visible() || p.title.Text != "3 blocks selected" || p.about.Text() != "Text, Photo × 2" {
		t.Errorf("it says %q, %q", p.title.Text, p.about.Text())
	}
	if p.width.Value() != string(project.WidthWide) || p.vote.Checked || !p.widths.Visible() {
		t.Errorf("width %q, votes %v", p.width.Value(), p.vote.Checked)
	}
	test.Tap(p.width.Buttons[2])
	test.Tap(p.vote)
	for _, b := range p.actions {
		test.Tap(b)
	}
	want := fmt.Sprintf("width full; votes true; do %d; do %d; do %d; do %d; do %d; do %d",
		story.MoveUp, story.MoveDown, story.Cut, story.Copy, story.Duplicate, story.Delete)
	if got := strings.Join(said, "; "); got != want {
		t.Errorf("told %s", got)
	}
	// It shows what the blocks are, not what was asked for.
	if p.width.Value() != string(project.WidthWide) || p.vote.Checked {
		t.Error("what was not done is shown as done")
	}
	blocks[2].Placements[0].Width = project.WidthFull
	in.ShowBlocks(blocks)
	if p.width.Value() != "" {
		t.Errorf("of two widths %q is on", p.width.Value())
	}
	in.ShowBlocks(blocks[:1])
	if p.widths.Visible() || p.vote.Visible() {
		t.Error("words have a width or a vote")
	}
	in.SetReadOnly(true)
	in.ShowBlocks(blocks)
	for i, b := range p.actions {
		if b.Disabled() != (i != 3) {
			t.Errorf("%s is disabled: %v", b.Text, b.Disabled())
		}
	}
	in.ShowBlock(&blocks[0])
	if p.body.Visible() || !in.block.body.Visible() {
		t.Error("several blocks are still shown")
	}
}
