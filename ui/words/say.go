package words

// This file owns what the project and its export say: their sentences are found
// in the window's language by their English patterns, errors by what they wrap.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"photodesk/export"
	"photodesk/export/publish"
	"photodesk/project"
	"photodesk/project/photo"
)

// terms are what values of sentences may be, see photo.Term.
var _ = []string{
	Key("IPTC block"), Key("colour profile"), Key("it isn't for RGB, CMYK or grey"),
	Key("it is made of lookup tables that can't be read"), Key("it is damaged"),
}

// Say is a sentence in the window's language. A value that is a term of ours
// is said in it too; any other stays as it is.
func Say(pattern string, values ...any) string {
	own := make([]any, len(values))
	for i, v := range values {
		own[i] = v
		if term, ok := v.(photo.Term); ok {
			own[i] = lang.L(string(term))
		}
	}
	if len(own) == 0 {
		return lang.L(pattern)
	}
	return fmt.Sprintf(lang.L(pattern), own...)
}

// Problem is a problem of a check, behind the name of the photo it is about.
func Problem(p export.Problem) string {
	text := Say(p.Pattern, p.Values...)
	if p.Name != "" {
		return p.Name + ": " + text
	}
	return text
}

// reasons are what commonly keeps an editor from something, by the error that is
// wrapped; the first that fits is said.
var reasons = []struct {
	err  error
	says string
}{
	{project.ErrDiskFull, Key("The disk is full. Free some space and try again.")},
	{project.ErrReadOnly, Key("The folder can’t be written. Check its permissions, or choose another.")},
	{project.ErrOriginalMissing, Key("The original of a photo is missing. File, Verify originals helps to find it again.")},
	{project.ErrOriginalChanged, Key("The original of a photo was changed by another program. Import the photo again from where it came.")},
	{project.ErrNewer, Key("The project was made by a newer Photodesk. Open it with that one.")},
	{project.ErrOlder, Key("The project was made by an older Photodesk and can’t be brought up to date while it is open read-only. Open it for writing once.")},
	{project.ErrNotProject, Key("The file is not a Photodesk project.")},
	{project.ErrDamaged, Key("The project file is damaged. Save a copy now, and keep the file as it is for whoever mends it.")},
	{project.ErrPacked, Key("The project is packed for sending. Unpack it first.")},
	{project.ErrExists, Key("There is a file of that name already. Choose another name.")},
	{project.ErrNotFound, Key("There is no such file.")},
	{project.ErrClosed, Key("The project is closed.")},
	{project.ErrView, Key("The project is open read-only here.")},
	{project.ErrChanged, Key("It was changed meanwhile. Look at it again.")},
	{project.ErrSlugTaken, Key("Another essay has this slug. Choose another.")},
	{project.ErrPlaced, Key("The photo is placed in an essay. Take it out there first.")},
	{project.ErrTable, Key("The file is no table of captions.")},
	{project.ErrNoReason, Key("Give a reason; it is kept with the essay.")},
	{project.ErrNoRow, Key("It is not in this project any more.")},
	{publish.ErrForeign, Key("There stands what Photodesk did not publish for this essay. Choose another target.")},
	{publish.ErrLogin, Key("The login was refused. Check the name, and the password or the key.")},
	{publish.ErrDenied, Key("The target doesn’t let you write there. Ask whoever runs it, or choose another.")},
	{publish.ErrNoSpace, Key("The target is full. Make room there and try again.")},
	{publish.ErrNoAnswer, Key("The target doesn’t answer. Check the address and the network, then try again.")},
	{publish.ErrUnproved, Key("A file arrived damaged. Try again.")},
	{publish.ErrNoKeyring, Key("This machine’s keyring doesn’t answer. Type the password each time.")},
	{export.ErrForeign, Key("The folder holds files that Photodesk did not write. Move them out, or choose another folder for the bundle.")},
	{export.ErrNotBundle, Key("The folder is not a Photodesk bundle.")},
	{export.ErrTheme, Key("There is no such theme.")},
	{photo.ErrEmpty, Key("The file is empty.")},
	{photo.ErrNotPhoto, Key("The file is not a photograph.")},
	{photo.ErrTooLarge, Key("The file is too large.")},
	{photo.ErrTruncated, Key("The file is cut off. Ask for it again.")},
	{photo.ErrDamaged, Key("The file is damaged. Ask for it again.")},
	{photo.ErrUnsupported, Key("The file can’t be read here.")},
	{context.DeadlineExceeded, Key("It took too long. Try again.")},
	{fs.ErrPermission, Key("It may not be read or written. Check its permissions.")},
	{fs.ErrNotExist, Key("There is no such file.")},
}

// Error is what went wrong as a sentence in the window's language. The English
// of an error says most; in another language it is what the error comes down to,
// and its English only where nobody foresaw it.
func Error(err error) string {
	var changed *publish.ChangedHostError
	var unknown *publish.UnknownHostError
	switch {
	case errors.As(err, &unknown):
		return UnknownHost(unknown)
	case errors.As(err, &changed):
		return fmt.Sprintf(lang.L("DANGER: the key of %s is not the one that is known. Somebody may be listening in between. Nothing was sent. It showed %s; known is the one in %s. Ask whoever runs the server; only if they changed the key, remove that line and try again."),
			changed.Host, changed.Fingerprint, changed.Known)
	}
	if code == "en" {
		return sentence(err.Error())
	}
	var refused *photo.Refusal
	var locked *project.LockedError
	var stopped *export.ProblemsError
	switch {
	case errors.As(err, &refused):
		return sentence(Say(refused.Pattern, refused.Values...))
	case errors.As(err, &locked):
		return Locked(locked)
	case errors.As(err, &stopped):
		var lines []string
		for _, p := range stopped.Problems {
			if p.Severity == export.SeverityError {
				lines = append(lines, Problem(p))
			}
		}
		return strings.Join(lines, " ")
	}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return lang.L(r.says)
		}
	}
	return sentence(err.Error())
}

// Reason is what went wrong, to stand behind a colon.
func Reason(err error) string {
	if code == "en" {
		return err.Error()
	}
	return Error(err)
}

// UnknownHost asks whether a server is the right one.
func UnknownHost(e *publish.UnknownHostError) string {
	return fmt.Sprintf(lang.L("%s is not known yet. Its key (%s) has the fingerprint %s. Compare it with what whoever runs the server says; only if it is the same, trust it."),
		e.Host, e.KeyType, e.Fingerprint)
}

// Size says how many bytes something has, as file managers do.
func Size(n int64) string {
	switch {
	case n < 1000:
		return lang.N("{{.PluralCount}} bytes", int(n))
	case n < 1000*1000:
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Locked says who has a project open.
func Locked(e *project.LockedError) string {
	if e.Holder.User == "" {
		return lang.L("Another Photodesk has it open; close it there, or open it read-only.")
	}
	return fmt.Sprintf(lang.L("%s has it open on %s since %s; close it there, or open it read-only."),
		e.Holder.User, e.Holder.Host, Moment(e.Holder.Since))
}

// sentence makes an error's words begin and end as a sentence.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	s = string(unicode.ToUpper(r)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// days are how a day is written, by language.
var days = map[string]string{"en": "2 January 2006", "de": "2.1.2006", "es": "2/1/2006", "fr": "02/01/2006", "ar": "2006/01/02"}

// Day is a day as it is written in the window's language.
func Day(t time.Time) string { return t.Local().Format(days[code]) }

// Moment is a day with its time.
func Moment(t time.Time) string { return t.Local().Format(days[code] + " 15:04") }
