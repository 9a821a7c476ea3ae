package ui

// This file owns the commands as the palette has them: those of the menu.

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"photodesk/ui/palette"
)

const (
	prefCommands = "palette.recent"
	maxCommands  = 20
)

// showPalette finds a command by its name.
func (u *App) showPalette() {
	u.menu.update(u)
	prefs := u.app.Preferences()
	recent := prefs.StringList(prefCommands)
	palette.Show(u.win, u.commands(), recent, func(c palette.Command) {
		list := []string{c.ID()}
		for _, old := range recent {
			if old != c.ID() && len(list) < maxCommands {
				list = append(list, old)
			}
		}
		prefs.SetStringList(prefCommands, list)
		c.Run()
	})
}

// commands reads the menu, so that the palette can't lack one of its commands.
func (u *App) commands() []palette.Command {
	var out []palette.Command
	var walk func(path []string, items []*fyne.MenuItem)
	walk = func(path []string, items []*fyne.MenuItem) {
		for _, it := range items {
			switch {
			case it.ChildMenu != nil:
				walk(append(slices.Clone(path), it.Label), it.ChildMenu.Items)
			case it.IsSeparator || it.Action == nil || it == u.menu.palette:
			default:
				c := palette.Command{Menu: strings.Join(path, " › "), Name: it.Label, Disabled: it.Disabled, Run: it.Action}
				if it.Shortcut != nil {
					c.Keys = keyNames(it.Shortcut)
				}
				out = append(out, c)
			}
		}
	}
	for _, m := range u.menu.main.Items {
		walk([]string{m.Label}, m.Items)
	}
	return out
}
