// Package votes owns what a vote is: how votes make a tally, how an essay or a
// photo of it is named so that nobody can make up another, and the protocol
// between a page and the service that counts for it.
//
//	desk:    Sign ── token ──▶ page
//	reader:  page ── token, vote ──▶ service: Verify ─ Tally.Change ─ store
//
// # The protocol
//
// {base} is the address that an essay was exported with: absolute, https (http
// on a loopback host only), without query and fragment. It may have a path, so
// that a service can be proxied under the essay's own site. A TOKEN is what
// [Sign] makes. A service holds public keys only, and trusts a token by
// [Verify]. Where it keeps votes is by [Subject], never by token.
//
// Reading tallies:
//
//	GET {base}/v1/tallies?s=TOKEN&s=TOKEN
//	200 application/json
//	{"tallies":[{"subject":TOKEN,"up":3,"down":1,"mine":-1|0|1|null}]}
//
// A tally may have two fields more: "hidden":true instead of "up" and "down", where
// the rules keep the results from this reader, and "no":CODE, why a vote of theirs
// would not be taken now (below).
//
// At most [MaxSubjects] tokens, so that the address stays under the 8,192 bytes
// that proxies take. The answer has one tally for each token, in their order;
// one bad token refuses them all. A subject that nobody has voted on has zeros;
// reading leaves nothing of the reader behind. "mine" is always there: what this voter's vote is,
// and null where the service doesn't know who asks. An answer that knows the
// voter is "Cache-Control: private, no-cache"; one that doesn't may be public
// and short-lived, and a cache in front must not give it to a voter.
//
// Voting, from a script:
//
//	POST {base}/v1/votes
//	Content-Type: application/json
//	X-Photodesk-Vote: 1
//	{"subject":TOKEN,"vote":-1|0|1}
//	200 application/json
//	{"subject":TOKEN,"up":4,"down":1,"mine":1}
//
// The vote is what the voter's vote is to be, not a step from what it was: 0
// takes it back, the same again changes nothing, so a request that may or may
// not have arrived can be sent again. The answer is sent once the vote is kept,
// and says what is counted then. The header makes a browser ask first (a
// preflight), which only an allowed origin passes; the service refuses a vote
// in JSON without it. [ParseBallot] reads the body, of at most [MaxBody] bytes.
//
// Voting, from a plain form:
//
//	POST {base}/v1/votes
//	Content-Type: application/x-www-form-urlencoded
//	subject=TOKEN&vote=-1|0|1&return=ADDRESS
//	303, Location: ADDRESS
//
// A browser can't be made to ask first here, so the Origin header has to be on
// the allow-list. ADDRESS is followed only if it is an absolute http or https address
// whose origin is on the allow-list; its fragment leads back to the widget and
// is kept. With no such address the vote counts all the same, and the answer is
// a page of the service's own (200, text/html) that says so. [ParseForm] reads it.
//
// Voters: the first vote sets a cookie that names the voter, HttpOnly and, but for
// a service on the page's own site, "__Host-", Secure, SameSite=None, Partitioned.
// Pages send every request with credentials. A reader who clears everything is
// a new voter. So is, on another site than the page's, one who votes by a plain form
// and then by script: browsers keep the two cookies apart.
//
// Where a browser keeps no cookies of other sites, a page can keep the voter
// itself. The answer to a vote that came without a cookie carries
//
//	X-Photodesk-Voter: WHO
//
// and the page sends that header with what it asks for and votes from then on,
// and after a reload where it finds "mine" null. A cookie goes before it.
//
// Protected essays: under attack a service can ask voters to work once before
// they vote on an essay or its photos for the first time. It answers
//
//	428 {"error":"what is wanted","challenge":C,"bits":N}
//
// to a vote, and counts the same vote once it comes with
//
//	X-Photodesk-Work: C.X
//
// where X, 1 to 20 letters and digits, was sought so that the SHA-256 of the header's
// value begins with N zero bits ([Worked]). A challenge holds for some minutes and
// makes one voter, however often it is sent.
//
// Rules: a token says what an essay's votes are held to ([Rules]), signed like the
// rest of it, and the service enforces that by its own clock and the token alone.
// What the rules don't take is answered
//
//	403 {"error":"what is wrong","code":CODE}
//
// with "early" before votes open, "closed" from when they close, "upvotes-only" for
// a downvote where there are none, and "sign-in" where only readers who signed in at
// {base}/account/ may vote. Results that are hidden are kept from who has no vote on
// the subject, until votes have closed.
//
// Rules never go back. Of each essay the service remembers the newest revision that
// any token of it has shown, in a vote or a reading, counted or refused; only the
// project's key can make a newer one. A vote by a token with an older one, and a v1
// token is of revision 0, is answered 403 with the code "stale": the page has to be
// loaded again. So a page kept from before can't reopen a vote that was closed since.
// A reading by such a token is still answered, with "no":"stale", and by the rules
// that it says.
//
// Accounts: where the service has accounts, its own pages at {base}/account/ let
// readers sign in (package accounts). Who has signed in is one voter on all their
// devices: the session's cookie goes before a voter's, and neither X-Photodesk-Voter
// nor a voter's cookie is set. A vote that the rules take of readers with an account
// alone is answered to one without
//
//	403 {"error":"what is wrong","code":"sign-in","signin":"{base}/account/signin"}
//
// The page leads there with return=ADDRESS added, its own, and the reader comes back
// to it where its origin is allowed; a plain form is led there by 303. When a browser
// signs in, what it voted on before becomes the account's; where the account has
// voted on the same subject, or has taken a vote back there, that stands and the
// browser's is taken back. Deleting an account takes its votes back.
//
// Origins: the service has a list of allowed origins. To one of them every
// answer, errors too, carries
//
//	Access-Control-Allow-Origin: that origin, exactly
//	Access-Control-Allow-Credentials: true
//	Access-Control-Expose-Headers: Retry-After, X-Photodesk-Voter
//	Vary: Origin
//
// and the preflight of a vote (OPTIONS {base}/v1/votes) is answered by 204 with
// Access-Control-Allow-Methods: POST and Access-Control-Allow-Headers:
// Content-Type, X-Photodesk-Vote, X-Photodesk-Voter, X-Photodesk-Work; that of a
// reading (OPTIONS {base}/v1/tallies) alike with GET. A page in a
// sandboxed frame or opened from a disk has the origin "null": it may read
// counts, which are public, without credentials (Access-Control-Allow-Origin:
// null, no Allow-Credentials, "mine" null), and never vote. Any other origin
// gets none of these headers but Vary, which every answer has for the caches'
// sake, and its votes 403.
//
// Errors, after which nothing is changed and nothing is stored:
//
//	400  not understood: malformed body, a vote that is none, no token ([ErrToken]), too many
//	403  origin or header missing or not allowed; subject of a key that the
//	     service doesn't hold ([ErrForeign]) or altered ([ErrForged]); with a
//	     "code", not taken by the essay's rules
//	405, 413, 415  another method, a longer body, another content type
//	428  the essay is protected: work first
//	429  too many; Retry-After: SECONDS, always
//	503  can't count now; Retry-After: SECONDS where it can be said
//
// Errors to a script are application/json, {"error":"what is wrong"}; to a plain
// form a page that says it.
package votes
