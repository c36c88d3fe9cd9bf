/* The diary on this phone, on the pages: what is saved, what waits, what was sent; turning it on and off. */
(() => {
  const place = document.querySelector("[data-diary-phone]");
  const outbox = self.PaceworkOutbox;
  if (!place || !outbox) return;
  const { diaryPhone: kind, tag = "", sync, worker } = place.dataset;
  const FLAG = "pacework-diary-phone";
  const SAVED = "Saved on this phone. It will be sent when you have signal.";
  const WHY = {
    "sign in": "Saved on this phone. Sign in to send it.",
    closed: "Your support has ended, so nothing new can be sent. What you saved stays on this phone.",
    later: "Saved on this phone. It could not be sent just now. It will be sent later.",
  };
  const find = (name) => place.querySelector(`[data-${name}]`);
  const show = (element, wanted) => element && (element.hidden = !wanted);
  const count = (number) => (number === 1 ? "1 entry" : `${number} entries`);

  // Written into an element that was there before, so that a screen reader says it.
  function say(sentence) {
    const line = find("say");
    if (!line) return;
    line.textContent = sentence;
    line.classList.toggle("pw-flash", Boolean(sentence));
  }

  function isOn() {
    try {
      return localStorage.getItem(FLAG) === "on";
    } catch {
      return false;
    }
  }

  // What an outcome means for whoever taps.
  const words = ({ refused, why }) => {
    if (refused) return `${count(refused)} could not be taken. See why below.`;
    return WHY[why] ?? SAVED;
  };

  async function news(owner, seen) {
    if (document.visibilityState !== "visible") return "";
    const found = await outbox.takeNews(owner, seen);
    return found?.sent ? [`${count(found.sent)} sent.`, ...found.sentences].join(" ") : "";
  }

  async function remind() {
    try {
      const found = await navigator.serviceWorker?.getRegistration("/");
      await found?.sync?.register("pacework-diary");
    } catch {
      // Not every browser sends by itself; opening a page does it too.
    }
  }

  async function save(owner, said, instead) {
    await outbox.add(owner, said, instead);
    // Said first: sending may take a while, and saved is what counts.
    say(SAVED);
    await remind();
    const came = await outbox.send(sync);
    if (came.why || came.refused) say(words(came));
    return came;
  }

  const api = { SAVED, count, find, isOn, news, outbox, place, save, say, show, sync, words };
  self.PaceworkPhone = api;

  // Home: a tap goes to this phone first, if the person of this page asked for that.
  async function home() {
    if (!isOn() || !(await outbox.state()).owners.includes(tag)) return;
    let last = 0;
    const form = document.querySelector("form[data-diary-rate]");
    const localDay = (moment) => new Date(moment).toLocaleDateString("en-CA");
    const isToday = (one) => (one.on ?? localDay(one.made_at)) === localDay(Date.now());

    // The number that waits is the one that counts: it stands where the saved one stood.
    function showWaiting(one) {
      if (!one) return;
      const line = document.querySelector("[data-diary-rated]");
      if (line) {
        line.querySelector("strong").textContent = one.pain;
        show(line.querySelector("[data-waits]"), true);
      }
      form?.querySelectorAll("[name=pain]").forEach((button) => {
        const chosen = button.value === String(one.pain);
        button.classList.toggle("diary-number--chosen", chosen);
        const mark = button.querySelector("[data-mark]");
        if (mark) mark.textContent = chosen ? ", waits on this phone" : "";
      });
    }

    const refresh = async () => {
      const waiting = await outbox.waiting(tag);
      const number = waiting.length;
      // What was sent belongs on the page: fetch it anew, and say there that it was sent.
      if (number < last) return location.reload();
      last = number;
      const told = await news(tag, number);
      if (told) say(told);
      show(find("some"), number);
      if (number) find("number").textContent = `${count(number)} ${number === 1 ? "waits" : "wait"} on this phone.`;
      showWaiting(waiting.findLast((one) => !one.refused && isToday(one)));
    };
    form?.addEventListener("submit", async (event) => {
      const chosen = event.submitter?.value;
      if (!chosen || form.dataset.plain) return;
      event.preventDefault();
      try {
        const came = await save(tag, { pain: Number(chosen) });
        if (came.why) await refresh();
        else location.reload();
      } catch {
        // This browser keeps nothing (any more): send it the plain way.
        form.dataset.plain = "yes";
        form.requestSubmit(event.submitter);
      }
    });
    const send = async () => {
      if (last) await outbox.send(sync);
      await refresh();
    };
    outbox.channel?.addEventListener("message", refresh);
    addEventListener("online", send);
    document.addEventListener("visibilitychange", refresh);
    await refresh();
    if (last) await send();
  }

  // The page that turns it on, and stops and clears.
  async function panel() {
    if (!("serviceWorker" in navigator) || !("indexedDB" in self) || !isSecureContext) {
      return show(find("cannot"), true);
    }
    const refresh = async () => {
      const on = isOn() && (await outbox.state()).owners.includes(tag);
      show(find("off"), !on);
      show(find("on"), on);
      const number = isOn() ? (await outbox.waiting(tag)).length : 0;
      const others = isOn() ? await outbox.ofOthers(tag) : 0;
      show(find("some"), number);
      find("number").textContent = `${count(number)} ${number === 1 ? "is" : "are"} not sent yet.`;
      show(find("others"), others);
      if (on) {
        const told = await news(tag);
        if (told) say(told);
      }
    };
    find("start").addEventListener("click", async () => {
      say("");
      try {
        await navigator.serviceWorker.register(worker, { scope: "/" });
        await navigator.serviceWorker.ready;
        await outbox.turnOn(tag);
        localStorage.setItem(FLAG, "on");
        await navigator.storage?.persist?.();
        await refresh();
        say("This phone is ready. You can use your diary without signal.");
      } catch {
        say("This phone could not be made ready. Check that you have signal and try again.");
      }
    });
    find("stop").addEventListener("click", async () => {
      const nobodyLeft = await outbox.clear(tag);
      if (nobodyLeft) {
        localStorage.removeItem(FLAG);
        const found = await navigator.serviceWorker.getRegistration("/");
        await found?.unregister();
        const names = (await caches.keys()).filter((name) => name.startsWith("pacework-diary-"));
        await Promise.all(names.map((name) => caches.delete(name)));
      }
      await refresh();
      say("This phone is cleared. Your diary itself stays as it is.");
    });
    outbox.channel?.addEventListener("message", refresh);
    if (isOn()) await outbox.send(sync);
    await refresh();
  }

  show(find("plain"), false);
  if (kind === "home") home();
  if (kind === "panel") panel();
})();
