package accounts_test

// This file owns what strangers try, and that nothing comes of it.

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"photodesk/export/votes"
	"photodesk/export/votes/accounts"
)

const email = "ada@news.example"

func TestHostile(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	ada := w.join(email)
	session := ada.jar[accounts.CookieName]
	for name, try := range map[string]func(t *testing.T, r *reader){
		"a session that never was": func(t *testing.T, r *reader) {
			for _, forged := range []string{strings.Repeat("A", 43), "", "x", strings.Repeat("A", 5000), session[:42], session + "A", "' OR 1=1 --"} {
				r.jar[accounts.CookieName] = forged
				if r.signedIn() {
					t.Errorf("%q is signed in", forged)
				}
			}
		},
		"a session fixed before": func(t *testing.T, r *reader) {
			fixed := strings.Repeat("B", 43)
			r.jar[accounts.CookieName] = fixed
			r.form("signin", "email", email, "password", password)
			if got := r.jar[accounts.CookieName]; got == fixed || !r.signedIn() {
				t.Errorf("signing in leaves the session %q", got)
			}
			was := r.jar[accounts.CookieName]
			r.form("signin", "email", email, "password", password)
			if now := r.jar[accounts.CookieName]; now == was {
				t.Error("signing in again renews nothing")
			}
			r.jar[accounts.CookieName] = was
			if r.signedIn() {
				t.Error("the session before still holds")
			}
		},
		"a session after signing out": func(t *testing.T, r *reader) {
			r.form("signin", "email", email, "password", password)
			was := r.jar[accounts.CookieName]
			r.form("signout")
			r.jar[accounts.CookieName] = was
			if r.signedIn() {
				t.Error("it still holds")
			}
		},
		"forms from elsewhere": func(t *testing.T, r *reader) {
			for name, header := range map[string]http.Header{
				"another site": {"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, "an essay's own": {"Origin": {w.site}},
				"no origin": {}, "null": {"Origin": {"null"}}, "a host that is claimed": {"Origin": {"https://evil.example"}, "X-Forwarded-Host": {"evil.example"}},
				"a part of our name": {"Origin": {w.base + ".evil.example"}}, "cross-site with our origin": {"Origin": {"http://evil.example"}, "Sec-Fetch-Site": {"same-site"}},
			} {
				for _, page := range []string{"signin", "create", "forgot", "confirm", "reset", "signout", "delete"} {
					r.header = header
					r.jar[accounts.CookieName] = session
					a := r.form(page, "email", email, "password", password)
					if a.status != http.StatusForbidden || a.header.Get("Set-Cookie") != "" {
						t.Errorf("%s: %s is answered %d", name, page, a.status)
					}
				}
			}
			if !ada.signedIn() {
				t.Error("somebody signed her out")
			}
		},
		"reading from an essay's page": func(t *testing.T, r *reader) {
			r.header = http.Header{"Origin": {w.site}}
			r.jar[accounts.CookieName] = session
			if a := r.get(w.at("")); a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("other sites may read it: %v", a.header)
			}
		},
		"led elsewhere": func(t *testing.T, r *reader) {
			for _, to := range []string{
				"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", w.site + "@evil.example/",
				w.site + ".evil.example/", "https://news.example\\@evil.example", " " + w.site, "http:evil.example", w.site + "\r\nSet-Cookie: a=b", strings.TrimPrefix(w.site, "http:"),
			} {
				a := r.form("signout", "return", to)
				if got := a.header.Get("Location"); a.status != http.StatusSeeOther || got != w.at("") {
					t.Errorf("%q leads to %d %q", to, a.status, got)
				}
				if a := r.get(w.at("forgot") + "?" + url.Values{"return": {to}}.Encode()); strings.Contains(a.body, "evil") || strings.Contains(a.body, "javascript") {
					t.Errorf("%q is on the page", to)
				}
			}
			if a := r.form("signout", "return", w.site+"/essay/?a=1#vote"); a.header.Get("Location") != w.site+"/essay/?a=1#vote" {
				t.Errorf("an essay's address leads to %q", a.header.Get("Location"))
			}
		},
		"addresses that are none": func(t *testing.T, r *reader) {
			for _, bad := range []string{
				"", "ada", "ada@", "@news.example", "ada@news", email + "\r\nBcc: eve@evil.example", "ada@news.example\nX: y", "ada@news.example,eve@evil.example",
				"<" + email + ">", `"ada\r\n"@news.example`, "ada@news.example eve@evil.example", "a\x00da@news.example", strings.Repeat("a", 65) + "@news.example",
				"ada@" + strings.Repeat("a", 300) + ".example", "ada@-news.example", "ada@news..example", "ada@[127.0.0.1]", "ada@@news.example",
			} {
				for _, page := range []string{"signin", "create", "forgot"} {
					if a := r.form(page, "email", bad, "password", password); a.status != http.StatusUnprocessableEntity {
						t.Errorf("%s: %q is answered %d", page, bad, a.status)
					}
				}
			}
			select {
			case l := <-w.post.Letters:
				t.Errorf("a letter to %q", l.To)
			default:
			}
		},
		"markup": func(t *testing.T, r *reader) {
			if a := r.form("signin", "email", `"><script>alert(1)</script>`, "password", "x"); strings.Contains(a.body, "<script") {
				t.Errorf("it is in the page: %s", a.body)
			}
		},
		"passwords that are none": func(t *testing.T, r *reader) {
			for _, bad := range []string{"", "seven77", "password1", "PASSWORD1", "aaaaaaaaaaaa", "new@news.example", strings.Repeat("x", 513)} {
				if a := r.form("create", "email", "new@news.example", "password", bad); a.status != http.StatusUnprocessableEntity {
					t.Errorf("%q is answered %d", bad, a.status)
				}
			}
		},
		"other ways of asking": func(t *testing.T, r *reader) {
			for want, a := range map[int]answer{
				http.StatusRequestEntityTooLarge: r.form("signin", "email", email, "password", strings.Repeat("x", 9000)),
				http.StatusUnsupportedMediaType:  r.send(http.MethodPost, w.at("signin"), "application/json", `{"email":"a@b.example"}`),
				http.StatusBadRequest:            r.send(http.MethodPost, w.at("signin"), "application/x-www-form-urlencoded", "email=%zz"),
				http.StatusMethodNotAllowed:      r.send(http.MethodPut, w.at("signin"), "", ""),
				http.StatusNotFound:              r.get(w.at("../account/x")),
			} {
				if a.status != want {
					t.Errorf("answered %d, want %d", a.status, want)
				}
			}
			if a := r.get(w.at("signout")); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "POST" {
				t.Errorf("signing out by GET is answered %d", a.status)
			}
		},
		"deleting without the password": func(t *testing.T, r *reader) {
			r.jar[accounts.CookieName] = session
			if a := r.form("delete", "password", "another one"); a.status != http.StatusUnprocessableEntity || !ada.signedIn() {
				t.Errorf("it is answered %d", a.status)
			}
		},
	} {
		t.Run(name, func(t *testing.T) { try(t, w.reader()) })
	}
}

// Whether an address has an account shows in no answer.
func TestAnswersAlike(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	w.join(email)
	for _, c := range [][]string{{"signin", "wrong password"}, {"create", password}, {"forgot", ""}} {
		var bodies, heads []string
		for _, who := range []string{email, "eve@news.example"} {
			a := w.reader().form(c[0], "email", who, "password", c[1])
			a.header.Del("Date")
			a.header.Del("Content-Length") // the address is in the page
			bodies = append(bodies, strings.ReplaceAll(a.body, who, "WHO"))
			heads = append(heads, http.StatusText(a.status)+url.Values(a.header).Encode())
		}
		if bodies[0] != bodies[1] || heads[0] != heads[1] {
			t.Errorf("%s tells them apart:\n%s\n%s\n%s\n%s", c[0], heads[0], heads[1], bodies[0], bodies[1])
		}
	}
	// Letters come in the order of what was asked, or of how they were sent; the
	// one who has no account is only ever asked to confirm.
	got := map[string]bool{}
	for range 3 {
		l := <-w.post.Letters
		got[l.To+" "+l.Subject] = true
	}
	for _, want := range []string{email + " You have an account already", "eve@news.example Confirm your address", email + " Set a new password"} {
		if !got[want] {
			t.Errorf("no letter %q among %v", want, got)
		}
	}
}

// A link works once, by POST alone, and only the newest.
func TestLinks(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	ada := w.join(email)
	r := w.reader()
	ask := func() string {
		t.Helper()
		r.form("forgot", "email", email)
		return w.post.Next(t, email, "Set a new password").Link()
	}
	old := ask()
	link := ask()
	if a := r.get(old); a.status != http.StatusGone || !strings.Contains(a.body, "Send a new link") {
		t.Errorf("a link that was replaced is answered %d", a.status)
	}
	for range 3 { // as scanners of mail do
		if a := r.get(link); a.status != http.StatusOK || a.header.Get("Referrer-Policy") != "same-origin" || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("looked at: %d %v", a.status, a.header)
		}
		r.send(http.MethodHead, link, "", "")
	}
	if a := r.form("reset", "link", held(t, link), "password", "short"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a short password is answered %d", a.status)
	}
	if a := r.form("confirm", "link", held(t, link), "password", password); a.status != http.StatusGone {
		t.Errorf("used for something else it is answered %d", a.status)
	}
	var done, gone int
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 4 {
		each := w.reader()
		all.Go(func() {
			a := each.form("reset", "link", held(t, link), "password", "quite another one")
			mu.Lock()
			defer mu.Unlock()
			switch a.status {
			case http.StatusOK:
				done++
			case http.StatusGone:
				gone++
			default:
				t.Errorf("answered %d %s", a.status, a.body)
			}
		})
	}
	all.Wait()
	if done != 1 || gone != 3 {
		t.Errorf("of four at once %d are done, %d gone", done, gone)
	}
	w.post.Next(t, email, "Your password was changed")
	if ada.signedIn() {
		t.Error("the session before still holds")
	}
	if a := r.form("signin", "email", email, "password", password); a.status != http.StatusUnprocessableEntity {
		t.Errorf("the old password is answered %d", a.status)
	}
	if a := r.form("signin", "email", email, "password", "quite another one"); a.status != http.StatusSeeOther {
		t.Errorf("the new password is answered %d", a.status)
	}
}

// Nobody can begin an account for somebody else.
func TestSomebodyElses(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	r := w.reader()
	r.form("create", "email", email, "password", "the stranger's own")
	link := w.post.Next(t, email, "Confirm your address").Link()
	if a := r.form("signin", "email", email, "password", "the stranger's own"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an address that isn't confirmed signs in: %d", a.status)
	}
	if a := w.reader().form("confirm", "link", held(t, link), "password", password); a.status != http.StatusUnprocessableEntity {
		t.Errorf("confirmed with another password: %d", a.status)
	}
}

// One who tries too often waits, whether or not there is an account.
func TestLimits(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	w.join(email)
	for _, who := range []string{email, "nobody@news.example"} {
		tried := 0
		for {
			a := w.reader().form("signin", "email", who, "password", "wrong password")
			if a.status == http.StatusTooManyRequests {
				if a.header.Get("Retry-After") == "" {
					t.Error("it doesn't say for how long")
				}
				break
			}
			if tried++; a.status != http.StatusUnprocessableEntity || tried > 20 {
				t.Fatalf("try %d is answered %d", tried, a.status)
			}
		}
		if tried < 5 {
			t.Errorf("only %d tries", tried)
		}
		sent := 0
		for w.reader().form("forgot", "email", who).status == http.StatusOK {
			if sent++; sent > 20 {
				t.Fatal("letters without end")
			}
		}
	}
}

// No address is in the log, in metrics or readable by other programs, also where
// the mail server repeats it.
func TestSilence(t *testing.T) {
	w := begin(t, kinds["sqlite"](t))
	w.post.Refuse = func(to string) error {
		if strings.HasPrefix(to, "gone@") {
			return &smtp.SMTPError{Code: 550, Message: "<" + to + "> is unknown here"}
		}
		return nil
	}
	r := w.join(email)
	r.vote("e", votes.Up)
	r.form("create", "email", "gone@news.example", "password", password)
	w.service.Close() // the letter was tried
	metrics := httptest.NewRecorder()
	promhttp.HandlerFor(w.metrics, promhttp.HandlerOpts{}).ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/", nil))
	log := w.log.String()
	if !strings.Contains(log, "the server answers 550") || !strings.Contains(metrics.Body.String(), `photodesk_votes_letters_total{kind="confirm",result="failed"} 1`) {
		t.Errorf("nothing is told of a letter that failed:\n%s\n%s", log, metrics.Body)
	}
	for _, told := range []string{log, metrics.Body.String()} {
		for _, never := range []string{"news.example", "ada", "%40", password} {
			if strings.Contains(told, never) {
				t.Errorf("%q is in\n%s", never, told)
			}
		}
	}
}
