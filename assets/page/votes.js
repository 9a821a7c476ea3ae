// @ts-check
/* Votes on an essay's page: the widget, counted on the reader's device or by a service. It runs after page.js. */
(() => {
  "use strict";

  const { words, say, make } = /** @type {any} */ (globalThis).photodesk;

  /* ---- Votes: the widget, wherever it is counted ---- */

  /** @typedef {-1|0|1} Vote */
  /**
   * @typedef {object} Tally
   * @property {number} up @property {number} down @property {Vote|null} mine
   * @property {boolean} [hidden] the rules keep the counts from this reader
   * @property {string} [no] why they take no vote of this reader now: words' key without "vote.no."
   */

  const format = (/** @type {Intl.NumberFormatOptions} */ options) => new Intl.NumberFormat(words.lang, options);
  const part = (/** @type {HTMLElement} */ form, /** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const buttons = (/** @type {HTMLElement} */ form) => /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll(".vote-button")]);

  /** Counts, and percentages of the total that make 100 together; dashes for what is hidden. @param {HTMLElement} form @param {Tally} tally */
  function show(form, { up, down, mine, hidden }) {
    const total = hidden ? 0 : up + down;
    const percent = total ? Math.round((100 * up) / total) : 0;
    const write = (/** @type {number} */ n) => (hidden ? "\u2013" : format({}).format(n).replace("-", "\u2212"));
    /** @type {Record<string, string>} */
    const texts = {
      points: write(up - down),
      total: write(total),
      ups: write(up),
      downs: write(down),
      "ups-percent": hidden ? "" : percent + "%",
      "downs-percent": hidden ? "" : (total ? 100 - percent : 0) + "%",
    };
    // Where there are no downvotes the widget has points and total alone.
    for (const node of form.querySelectorAll("[data-tally]")) node.textContent = texts[node.getAttribute("data-tally") || ""];
    form.style.setProperty("--ups", percent + "%");
    form.classList.toggle("voted", total > 0);
    for (const button of buttons(form)) button.setAttribute("aria-pressed", String(Number(button.value) === mine));
  }

  /** Whether votes are taken now, by the reader's clock: "", "early" or "closed". @param {HTMLElement} form */
  function shut({ dataset: { opens, closes } }) {
    const now = Date.now();
    return now >= Date.parse(closes || "") ? "closed" : now < Date.parse(opens || "") ? "early" : "";
  }

  /** Whether the results wait for the reader's vote. @param {HTMLElement} form @param {Vote|null} mine @param {string} no */
  const hides = (form, mine, no) => "hidden" in form.dataset && !mine && no !== "closed";

  /** Calls back when votes open and when they close, as long as the page is open. @param {HTMLElement} form @param {() => void} then */
  function atTurns(form, then) {
    const { opens, closes } = form.dataset;
    const waits = [opens, closes].map((at) => Date.parse(at || "") - Date.now()).filter((wait) => wait > 0);
    if (waits.length === 0) return;
    const wait = Math.min(...waits);
    // A timer can't be set for longer than a browser counts.
    setTimeout(() => {
      if (wait < 1e9) then();
      atTurns(form, then);
    }, Math.min(wait, 1e9) + 50);
  }

  /** Tells those who can't see it. @param {HTMLElement} form @param {string} text */
  function announce(form, text) {
    part(form, "said").textContent = text;
  }

  /** @param {HTMLElement} form @param {Tally} tally */
  function announceVote(form, { up, down, mine, hidden }) {
    const key = hidden ? "hidden" : mine === 1 ? "up" : mine ? "down" : "none";
    announce(form, say("vote.said." + key, { points: up - down }));
  }

  /** The same button takes the vote back, the other one switches it. @param {Vote|null|undefined} mine @param {Vote} button */
  const pressed = (mine, button) => (mine === button ? 0 : button);

  function votes() {
    const forms = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form[data-vote]")]);
    const base = document.getElementById("words")?.dataset.service;
    if (forms.length === 0) return;
    const vote = base ? votesAtService(forms, base) : votesOnDevice(forms);
    for (const form of forms) {
      // The click, not the submit: a frame without allow-forms sends no submit.
      form.addEventListener("click", (event) => {
        const button = event.target instanceof Element ? event.target.closest(".vote-button") : null;
        if (!(button instanceof HTMLButtonElement)) return;
        event.preventDefault();
        vote(form, button);
      });
    }
  }

  /* ---- Votes on this device: one for each subject, in localStorage ---- */

  /** Votes in localStorage, or in memory where that throws (private windows, sandboxed frames). */
  function ballot() {
    const memory = new Map();
    const key = (/** @type {string|undefined} */ subject) => "photodesk-vote:" + subject;
    const box = {
      lasting: true,
      /** @param {string|undefined} subject @returns {Vote} */
      get(subject) {
        /** @type {any} */
        let value = memory.get(subject);
        if (box.lasting) {
          try {
            value = localStorage.getItem(key(subject));
          } catch {
            box.lasting = false;
          }
        }
        return value == 1 ? 1 : value == -1 ? -1 : 0;
      },
      /** @param {string|undefined} subject @param {Vote} vote */
      set(subject, vote) {
        memory.set(subject, vote);
        try {
          if (vote) localStorage.setItem(key(subject), String(vote));
          else localStorage.removeItem(key(subject));
        } catch {
          box.lasting = false;
        }
      },
    };
    try {
      localStorage.setItem("photodesk-probe", "1");
      localStorage.removeItem("photodesk-probe");
    } catch {
      box.lasting = false;
    }
    return box;
  }

  /** @param {HTMLFormElement[]} forms */
  function votesOnDevice(forms) {
    const box = ballot();
    const device = part(forms[0], "note").textContent || "";

    /** @param {HTMLFormElement} form */
    function draw(form) {
      const mine = box.get(form.dataset.vote);
      const no = shut(form);
      const hidden = hides(form, mine, no);
      const tally = { up: Number(mine === 1), down: Number(mine === -1), mine, hidden };
      show(form, tally);
      for (const button of buttons(form)) button.disabled = no !== "";
      const why = no ? say(no === "closed" ? "vote.ended" : "vote.no.early") : hidden ? say("vote.hidden") : "";
      part(form, "note").textContent = `${why} ${box.lasting ? device : say("vote.memory")}`.trim();
      return tally;
    }

    const drawAll = () => forms.forEach(draw);
    // Another tab with the same essay.
    addEventListener("storage", drawAll);
    drawAll();
    atTurns(forms[0], drawAll);

    return (/** @type {HTMLFormElement} */ form, /** @type {HTMLButtonElement} */ button) => {
      const { vote } = form.dataset;
      if (shut(form)) return void drawAll();
      box.set(vote, pressed(box.get(vote), /** @type {Vote} */ (Number(button.value))));
      drawAll();
      announceVote(form, draw(form));
    };
  }

  /* ---- Votes at a service: what it answered is what is shown ---- */

  /**
   * @typedef {object} Failure
   * @property {string} wrong what is, as words' key without "vote."
   * @property {number} [wait] the seconds until it may be right
   * @property {string} [no] which of the essay's rules takes no such vote
   * @property {{ challenge: string, bits: number }} [work] what has to be worked first
   */

  /** @param {HTMLFormElement[]} forms @param {string} base */
  function votesAtService(forms, base) {
    const subject = (/** @type {HTMLFormElement} */ form) => form.dataset.subject || "";
    const subjects = [...new Set(forms.map(subject))];
    const initial = part(forms[0], "note").textContent || "";
    const retryLabel = part(forms[0], "retry").textContent || "";
    // Opened from a disk or in a sandboxed frame: counts can be read there, votes can't be sent.
    const nowhere = origin === "null";
    /** @type {Map<string, Tally>} */
    const counted = new Map();
    /** @type {Set<string>} */
    const sending = new Set();
    /** Subjects voted on since the last reading was asked for, whose tallies it may not know. @type {Set<string>} */
    const newer = new Set();
    /** @type {Map<string, number>} */
    const timers = new Map();
    let loading = false;
    let unread = false;
    let who = "";

    /** A photo may be placed twice. @param {string} s @param {(form: HTMLFormElement) => void} change */
    function each(s, change) {
      for (const form of forms) if (subject(form) === s) change(form);
    }

    /** A tally out of an answer, or nothing where it is none. @param {any} t @returns {Tally|undefined} */
    function tallyOf(t) {
      const { up, down, mine, hidden = false, no = "" } = t || {};
      if (hidden) return { up: 0, down: 0, mine, hidden, no };
      return [up, down].every((n) => Number.isInteger(n) && n >= 0) ? { up, down, mine, hidden, no } : undefined;
    }

    /** What names the reader where the service's cookies are blocked: the page keeps it, and gives it where nothing else does. @param {string} [name] */
    function voter(name) {
      const key = "photodesk-voter:" + base;
      try {
        if (name) localStorage.setItem(key, name);
        return localStorage.getItem(key) || "";
      } catch {
        return name || "";
      }
    }

    /**
     * What a protected essay asks a browser for, once: a number that makes a hash begin with zeros. In slices, between which
     * the page is drawn and its reader heard.
     * @param {{ challenge: string, bits: number }} asked @param {() => boolean} stopped
     */
    async function work({ challenge, bits }, stopped) {
      const encoder = new TextEncoder();
      for (let n = 0; !stopped(); ) {
        const texts = Array.from({ length: 500 }, () => challenge + "." + n++);
        const sums = await Promise.all(texts.map((text) => crypto.subtle.digest("SHA-256", encoder.encode(text))));
        const i = sums.findIndex((sum) => Math.clz32(new DataView(sum).getUint32(0)) >= bits);
        if (i >= 0) return texts[i];
        await new Promise((next) => setTimeout(next));
      }
      return "";
    }

    /** @param {string} path @param {RequestInit} options @param {string} wrong @returns {Promise<any>} the answer; throws a Failure */
    async function ask(path, options, wrong) {
      let answer;
      let body;
      try {
        answer = await fetch(base + path, {
          ...options,
          headers: { ...options.headers, ...(who && { "X-Photodesk-Voter": who }) },
          credentials: nowhere ? "omit" : "include",
          cache: "no-cache",
          signal: AbortSignal.timeout?.(15000),
        });
        const name = answer.headers.get("X-Photodesk-Voter");
        if (name) who = voter(name);
        body = await answer.json();
        if (answer.ok) return body;
      } catch {
        if (!answer || answer.ok) throw { wrong: navigator.onLine ? wrong : "offline." + wrong };
      }
      const { status } = answer;
      if (status === 428 && body?.challenge) throw { wrong, work: body };
      if (status === 403 && words["vote.no." + body?.code]) throw { wrong: "no." + body.code, no: body.code };
      const wait = Number(answer.headers.get("Retry-After"));
      if (wait > 0 && (status === 429 || status === 503)) throw { wrong: status === 429 ? "limited" : "busy", wait };
      throw { wrong: wrong === "uncounted" && status < 500 ? "refused" : wrong };
    }

    /**
     * The line under the widget, and with again a button, which tries again unless it has another label.
     * @param {string} s @param {string|Node} text @param {() => void} [again] @param {boolean} [later] @param {string} [label]
     */
    function tell(s, text, again, later = false, label = retryLabel) {
      clearTimeout(timers.get(s));
      each(s, (form) => {
        const retry = /** @type {HTMLButtonElement} */ (part(form, "retry"));
        // A button that goes away must not take the focus with it.
        if (retry === document.activeElement && (!again || later)) buttons(form)[0].focus();
        retry.hidden = !again;
        retry.disabled = later;
        retry.onclick = again || null;
        retry.textContent = label;
        part(form, "note").replaceChildren(typeof text === "string" ? text : text.cloneNode(true));
      });
    }

    // Who signs in comes back, from another tab where this is in a frame; a page from the disk has no address to come back to.
    const back = location.protocol.startsWith("http") ? "?return=" + encodeURIComponent(location.href.split("#")[0]) : "";

    /** What a widget says at rest: why there is no voting or no result, or who counts. @param {string} s @param {Tally} tally */
    function rest(s, { hidden, no }) {
      const text = nowhere ? say("vote.elsewhere") : no ? say("vote.no." + no) : hidden ? say("vote.hidden") + " " + initial : initial;
      tell(s, no === "sign-in" && !nowhere ? make("a", { href: base + "/account/" + back, target: top === self ? "" : "_blank", textContent: text }) : text);
    }

    /** @param {string} s @param {Tally} tally */
    function draw(s, tally) {
      counted.set(s, tally);
      each(s, (form) => {
        show(form, tally);
        for (const button of buttons(form)) button.disabled = nowhere || Boolean(tally.no);
      });
    }

    /** @param {string} s @param {Failure} failure @param {() => void} again @returns {string} what was told */
    function fail(s, { wrong, wait }, again) {
      if (!wait) {
        tell(s, say("vote." + wrong), again);
        return say("vote." + wrong);
      }
      const [n, unit] = wait < 100 ? [Math.ceil(wait), "second"] : [Math.ceil(wait / 60), "minute"];
      const text = say("vote." + wrong, { wait: format({ style: "unit", unit, unitDisplay: "long" }).format(n) });
      tell(s, text, again, true);
      timers.set(s, setTimeout(() => {
        tell(s, say("vote.again"), again);
        each(s, (form) => announce(form, say("vote.again")));
      }, Math.min(wait, 86400) * 1000));
      return text;
    }

    /** Reads the tallies of all the page's widgets, in one request for each 40 subjects. */
    async function load() {
      if (loading) return;
      loading = true;
      unread = false;
      newer.clear();
      for (const form of forms) form.classList.toggle("loading", !counted.has(subject(form)));
      for (let i = 0; i < subjects.length; i += 40) {
        const some = subjects.slice(i, i + 40);
        /** @type {Failure} */
        let failure = { wrong: "unread" };
        /** @type {Map<string, any>} */
        const answers = new Map();
        try {
          const read = () => ask("/v1/tallies?" + new URLSearchParams(some.map((s) => ["s", s])), {}, "unread");
          let { tallies } = await read();
          if (!who && !nowhere && tallies[0]?.mine === null && (who = voter())) ({ tallies } = await read());
          for (const t of tallies) answers.set(t.subject, t);
        } catch (e) {
          if (e && /** @type {any} */ (e).wrong) failure = /** @type {Failure} */ (e);
        }
        for (const s of some) {
          if (sending.has(s) || newer.has(s)) continue;
          const tally = tallyOf(answers.get(s));
          if (tally) {
            draw(s, tally);
            rest(s, tally);
          } else {
            unread = true;
            fail(s, failure, load);
          }
        }
      }
      loading = false;
      for (const form of forms) form.classList.remove("loading");
    }

    /** Works for a protected essay, which the reader may cancel. @param {HTMLFormElement} form @param {NonNullable<Failure["work"]>} asked */
    async function worked(form, asked) {
      let stopped = false;
      announce(form, say("vote.working"));
      tell(subject(form), say("vote.working"), () => { stopped = true; }, false, say("vote.cancel"));
      // A page that isn't served safely has no such hash.
      const proof = await work(asked, () => stopped).catch(() => { throw { wrong: "refused" }; });
      if (!proof) throw { wrong: "cancelled" };
      tell(subject(form), say("vote.sending"));
      return proof;
    }

    /** Nothing is shown as counted before the answer. @param {HTMLFormElement} form @param {HTMLButtonElement} button @param {Vote} mine */
    async function send(form, button, mine) {
      const s = subject(form);
      if (sending.has(s)) return;
      sending.add(s);
      button.dataset.sending = "";
      each(s, (f) => f.setAttribute("aria-busy", "true"));
      tell(s, say("vote.sending"));
      const post = (/** @type {Record<string, string>} */ proof) => ask("/v1/votes", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Photodesk-Vote": "1", ...proof },
        body: JSON.stringify({ subject: s, vote: mine }),
      }, "uncounted");
      let said = () => {};
      let again = false;
      try {
        const tally = tallyOf(await post({}).catch(async (e) => {
          if (!e.work) throw e;
          return post({ "X-Photodesk-Work": await worked(form, e.work) });
        }));
        if (!tally) throw { wrong: "uncounted" };
        draw(s, tally);
        rest(s, tally);
        said = () => announceVote(form, tally);
      } catch (e) {
        const failure = /** @type {Failure} */ (e);
        const { no } = failure;
        const text = fail(s, failure, () => {
          button.focus();
          send(form, button, mine);
        });
        said = () => announce(form, text);
        if (no) {
          // The same again would be refused again; what holds now is read anew.
          const known = counted.get(s) || { up: 0, down: 0, mine: null, hidden: true };
          const now = { ...known, no: no === "upvotes-only" ? "" : no };
          draw(s, now);
          rest(s, { ...now, no });
          again = no === "closed" || no === "early";
        }
      }
      delete button.dataset.sending;
      each(s, (f) => f.removeAttribute("aria-busy"));
      sending.delete(s);
      newer.add(s);
      said();
      if (again) load();
    }

    if (nowhere) for (const button of forms.flatMap(buttons)) button.disabled = true;
    // Before the service has said so, by the reader's clock.
    for (const form of forms) {
      const no = shut(form);
      const hidden = hides(form, null, no);
      if (no || hidden) rest(subject(form), { up: 0, down: 0, mine: null, hidden, no });
      if (no) for (const button of buttons(form)) button.disabled = true;
      form.classList.add("known");
    }
    addEventListener("online", () => { if (unread) load(); });
    // Who was led to another tab comes back signed in.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && [...counted.values()].some(({ no }) => no === "sign-in")) load();
    });
    load();
    atTurns(forms[0], load);

    return (/** @type {HTMLFormElement} */ form, /** @type {HTMLButtonElement} */ button) => {
      // Where it isn't known yet what the reader had voted, the button means what it says.
      send(form, button, pressed(counted.get(subject(form))?.mine, /** @type {Vote} */ (Number(button.value))));
    };
  }

  votes();
})();
