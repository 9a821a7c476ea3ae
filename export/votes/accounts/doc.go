// Package accounts owns readers' accounts: pages to sign in, make an account,
// set a password anew and delete all of it, at {base}/account/ of a vote service.
//
//	create ─ hash ─▶ queue ─ PutLink ─ mail ─▶ confirm: link and password ─▶ account, session
//	sign in ─ limits ─ hash ─▶ session, cookie ─▶ back to the essay
//	forgot ─▶ queue ─ PutLink ─ mail ─▶ reset: link ─▶ password, all sessions end
//
// An account is made when its address is confirmed, by somebody who has both the
// mailed link and the password, and never before: nobody can begin one for
// somebody else. What is asked is answered alike whether or not an address has
// an account; what differs happens in the queue, out of sight.
//
// Links hold 32 random bytes, for half an hour, once, and only a POST uses them
// up: programs that look into mail follow links by GET. The newest of a kind is
// the only one that holds.
//
// Passwords are kept by Argon2id with what OWASP's password storage cheat sheet
// asks for, and may be anything of [MinPassword] characters that isn't among the
// commonest (NIST SP 800-63B).
package accounts
