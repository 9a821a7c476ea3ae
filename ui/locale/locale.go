// Package locale names a language where the environment names the C locale,
// which is none: the toolkit complains of that while it is being initialised
// and takes English all the same.
//
// Nothing of the program can come before that but a package that is
// initialised earlier. This one imports nothing but os, so it is ready before
// the toolkit, which waits for most of the standard library.
package locale

import "os"

// The values that name no language.
var none = map[string]bool{"C": true, "POSIX": true, "C.UTF-8": true, "C.utf8": true}

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if none[os.Getenv(name)] {
			_ = os.Setenv(name, "en_GB.UTF-8") // where that fails, the complaint stands
		}
	}
}
