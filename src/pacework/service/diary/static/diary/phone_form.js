/* The page that a phone keeps: tap a number, say more, put right what waits. */
(() => {
  const phone = self.PaceworkPhone;
  if (phone?.place.dataset.diaryPhone !== "offline") return;
  const { count, SAVED, find, news, outbox, place, save, say, show, sync, words } = phone;
  const form = find("more");
  const list = find("waiting");
  let owner = null;
  let changing = "";
  let refused = 0;

  const box = (name) => form.elements.namedItem(name);
  const number = (value) => (value === "" ? null : Number(value));
  const hours = () => number(box("hours").value.trim().replace(",", "."));
  const hoursFit = (value) => value === null || (value >= 0 && value <= 24 && value % 0.5 === 0);

  function said() {
    return {
      on: box("on").value || null,
      pain: number(box("pain").value),
      fatigue: number(box("fatigue").value),
      sleep: number(box("sleep").value),
      mood: number(box("mood").value),
      hours: hours(),
      note: box("note").value.trim(),
      flare: box("flare").checked,
    };
  }

  function openForm(entry) {
    changing = entry.key ?? "";
    for (const name of ["on", "pain", "fatigue", "sleep", "mood", "hours", "note"]) {
      box(name).value = entry[name] ?? "";
    }
    // An entry of an earlier day keeps its day; one of today stays "today", whatever this phone calls it.
    if (entry.key && !entry.on && dayOf(entry) !== dayOf({ made_at: Date.now() })) box("on").value = dayOf(entry);
    box("flare").checked = Boolean(entry.flare);
    show(form, true);
    form.querySelector("h2").focus();
  }

  // In our own words beside the box, not in the browser's.
  function refuseHours(wrong) {
    show(find("hours-wrong"), wrong);
    box("hours").classList.toggle("nhsuk-input--error", wrong);
    if (wrong) box("hours").setAttribute("aria-describedby", "more-hours-wrong");
    else box("hours").removeAttribute("aria-describedby");
    box("hours").setAttribute("aria-invalid", String(wrong));
  }

  function closeForm() {
    changing = "";
    refuseHours(false);
    form.reset();
    show(form, false);
  }

  const dayOf = (entry) => entry.on ?? new Date(entry.made_at).toLocaleDateString("en-CA");
  const inWords = (day) =>
    new Date(`${day}T12:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

  function describe(entry) {
    const parts = [`pain ${entry.pain}`];
    const more = { fatigue: "tired", sleep: "sleep", mood: "mood" };
    for (const [name, word] of Object.entries(more)) {
      if (entry[name] !== null && entry[name] !== undefined) parts.push(`${word} ${entry[name]}`);
    }
    if (entry.hours !== null && entry.hours !== undefined) parts.push(`${entry.hours} hours`);
    if (entry.note) parts.push("with a note");
    if (entry.flare) parts.push("in a flare");
    return `${inWords(dayOf(entry))}: ${parts.join(", ")}`;
  }

  const made = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);

  function button(text, about, act) {
    const element = made("button", text, { type: "button", className: "pw-linkbutton" });
    element.append(made("span", ` ${about}`, { className: "nhsuk-u-visually-hidden" }));
    element.addEventListener("click", act);
    return element;
  }

  function item(entry) {
    const element = document.createElement("li");
    element.append(made("p", describe(entry), { className: "diary-waiting__words" }));
    if (entry.refused) element.append(made("p", entry.refused, { className: "diary-waiting__refused" }));
    // What may have arrived is not changed here: its own page does that.
    if (entry.tried && !entry.refused) {
      element.append(made("p", "On its way.", { className: "pw-quiet" }));
      return element;
    }
    const row = made("p", "", { className: "diary-waiting__acts" });
    row.append(
      button("Change", inWords(dayOf(entry)), () => openForm(entry)),
      button("Delete", inWords(dayOf(entry)), async () => {
        await outbox.remove(entry.key);
        say("Deleted from this phone.");
        await refresh();
      }),
    );
    element.append(row);
    return element;
  }

  async function refresh() {
    const state = phone.isOn() ? await outbox.state() : { current: null, owners: [] };
    owner = state.owners.includes(state.current) ? state.current : null;
    const mine = owner ? await outbox.waiting(owner) : [];
    const others = phone.isOn() ? await outbox.ofOthers(owner ?? "") : 0;
    show(find("ready"), owner);
    show(find("unknown"), !owner);
    show(find("others"), others);
    show(find("some"), mine.length);
    list.replaceChildren(...mine.map(item));
    find("number").textContent = `${count(mine.length)} on this phone`;
    if (!owner) closeForm();
    else {
      const told = await news(owner);
      if (told) say(told);
      // Said once, whoever sent it: this page, another tab or the worker.
      const wrong = mine.filter((one) => one.refused).length;
      if (wrong > refused) say(words({ refused: wrong }));
      refused = wrong;
    }
  }

  async function keep(what, instead = "") {
    if (!owner) return refresh();
    try {
      await save(owner, what, instead);
    } catch {
      say("This phone could not save it. Free some space, or write it down.");
    }
    await refresh();
  }

  const signal = () => show(find("signal"), !navigator.onLine);
  const send = async () => {
    signal();
    if (owner && (await outbox.waiting(owner)).some((one) => !one.refused)) {
      const came = await outbox.send(sync);
      if (came.why === "sign in") say("Sign in to send what waits.");
    }
    await refresh();
  };

  place.querySelectorAll("[data-pain]").forEach((one) =>
    one.addEventListener("click", async () => {
      const flare = find("flare").getAttribute("aria-pressed") === "true";
      find("flare").setAttribute("aria-pressed", "false");
      show(find("flare-next"), false);
      await keep({ pain: Number(one.dataset.pain), flare });
    }),
  );
  find("flare").addEventListener("click", (event) => {
    const wanted = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(wanted));
    show(find("flare-next"), wanted);
  });
  find("open").addEventListener("click", () => openForm({}));
  find("close").addEventListener("click", closeForm);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = !hoursFit(hours());
    refuseHours(wrong);
    if (wrong) return box("hours").focus();
    const what = said();
    const instead = changing;
    closeForm();
    await keep(what, instead);
  });
  outbox.channel?.addEventListener("message", refresh);
  addEventListener("online", send);
  addEventListener("offline", signal);
  addEventListener("pageshow", send);
  // What was sent without signal: a day, the end of a flare, or something else that this page cannot hold.
  show(find("lost"), location.search === "?lost");
  show(find("unsent"), location.search === "?unsent");
  const ending = location.search === "?flare";
  show(find("flare-end"), ending);
  show(find("flare"), !ending);
  if (location.search === "?saved") say(SAVED);
  signal();
  refresh().then(send);
})();
