/* The diary's outbox on this phone. Entries wait in the browser's own store until the service has them.
   Used by the pages and by the service worker; nothing here touches a page. */
(() => {
  const STORE = "pacework-diary";
  const LOCK = "pacework-diary-send";
  const PART = 50;
  const PATIENCE = 20000;
  const NOBODY = { current: null, owners: [], epoch: 0 };
  const channel = "BroadcastChannel" in self ? new BroadcastChannel(STORE) : null;
  let opened = null;

  const asked = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  // Only turning it on makes a store: a page or worker that is late does not bring a cleared one back.
  function open(make = false) {
    opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(STORE, 1);
      request.onupgradeneeded = () => {
        if (!make) return request.transaction.abort();
        request.result.createObjectStore("entries", { keyPath: "key" });
        request.result.createObjectStore("meta");
      };
      request.onerror = () => failed(request.error);
      request.onsuccess = () => {
        const store = request.result;
        // Another tab clears this phone: let it, and begin anew when asked again.
        store.onversionchange = () => {
          store.close();
          opened = null;
        };
        done(store);
      };
    });
    opened.catch(() => (opened = null));
    return opened;
  }

  // One transaction; what it wrote is on the disk before anybody is told that it is saved.
  async function within(mode, work) {
    const store = await open();
    const deal = store.transaction(["entries", "meta"], mode, { durability: "strict" });
    const over = new Promise((done, failed) => {
      deal.oncomplete = done;
      deal.onabort = deal.onerror = () => failed(deal.error);
    });
    const [found] = await Promise.all([work(deal.objectStore("entries"), deal.objectStore("meta")), over]);
    return found;
  }

  const tell = () => channel?.postMessage("changed");
  const stateIn = async (meta) => (await asked(meta.get("state"))) ?? NOBODY;
  const state = () => within("readonly", (_, meta) => stateIn(meta)).catch(() => NOBODY);

  async function change(work) {
    await within("readwrite", async (_, meta) => {
      const next = work(await stateIn(meta));
      if (next) meta.put(next, "state");
    });
    tell();
  }

  // Whose phone it is. "current" is who was seen signed in last; null while nobody can be sure.
  async function turnOn(tag) {
    await open(true);
    await change((now) => ({ ...now, current: tag, owners: [...new Set([...now.owners, tag])] }));
  }
  const unsure = () => change((now) => ({ ...now, current: null, epoch: now.epoch + 1 }));
  // An answer that was asked for before somebody signed in or out says nothing about now.
  const seen = (tag, epoch) =>
    change((now) => (now.epoch === epoch && now.current !== tag ? { ...now, current: tag } : null));

  // A store that another tab is just clearing holds nothing.
  const all = () => within("readonly", (entries) => asked(entries.getAll())).catch(() => []);
  const byMoment = (one, other) => one.made_at.localeCompare(other.made_at);
  const waiting = async (tag) => (await all()).filter((one) => one.owner === tag).sort(byMoment);
  const ofOthers = async (tag) => (await all()).filter((one) => one.owner !== tag).length;

  const localDay = (moment) => new Date(moment).toLocaleDateString("en-CA");
  const untouched = (one) => !one.tried && !one.refused;

  // A new key for every change: what was sent under the old one is another rating.
  async function add(tag, said, instead = "") {
    const made = new Date();
    const entry = { on: null, flare: false, ...said, owner: tag, made_at: made.toISOString() };
    entry.key = crypto.randomUUID();
    await within("readwrite", async (entries) => {
      if (instead) entries.delete(instead);
      else if (entry.on === null) {
        // A second tap today, before the first was sent, is one entry: the last number counts.
        const before = (await asked(entries.getAll())).find(
          (one) =>
            one.owner === tag && one.on === null && untouched(one) && localDay(one.made_at) === localDay(made),
        );
        if (before) {
          entries.delete(before.key);
          for (const name of Object.keys(before)) entry[name] ??= before[name];
          entry.flare ||= before.flare;
        }
      }
      entries.put(entry);
    });
    tell();
    return entry;
  }

  async function remove(key) {
    await within("readwrite", async (entries) => entries.delete(key));
    tell();
  }

  // News for its owner, told once, on whichever page they look at next.
  // `known`: how many wait for all the page knows. With fewer it is about to fetch itself anew, and tells then.
  const takeNews = (tag, known = 0) =>
    within("readwrite", async (entries, meta) => {
      const rows = await asked(entries.getAll());
      if (rows.filter((one) => one.owner === tag).length < known) return null;
      const news = (await asked(meta.get("news"))) ?? {};
      const found = news[tag] ?? null;
      delete news[tag];
      meta.put(news, "news");
      return found;
    }).catch(() => null);

  async function ask(address, more = {}) {
    const headers = { Accept: "application/json", ...more.headers };
    const signal = AbortSignal.timeout(PATIENCE);
    const rest = { credentials: "same-origin", cache: "no-store", redirect: "error", signal };
    return fetch(address, { ...rest, ...more, headers });
  }

  const onTheWire = ({ key, on, made_at, pain, fatigue, sleep, mood, hours, note, flare }) => ({
    key, on, made_at, pain, fatigue: fatigue ?? null, sleep: sleep ?? null, mood: mood ?? null,
    hours: hours ?? null, note: note ?? "", flare: Boolean(flare),
  });

  async function settle(tag, part, results) {
    let sent = 0;
    await within("readwrite", async (entries, meta) => {
      const news = (await asked(meta.get("news"))) ?? {};
      const mine = (news[tag] ??= { sent: 0, sentences: [] });
      for (const { key, status, sentence } of results) {
        const entry = part.find((one) => one.key === key);
        if (!entry) continue;
        if (status === "refused") entries.put({ ...entry, tried: true, refused: sentence });
        else {
          entries.delete(key);
          sent += 1;
          if (status === "older") mine.sentences.push(sentence);
        }
      }
      mine.sent += sent;
      if (sent) meta.put(news, "news");
    });
    return sent;
  }

  async function sendPart(address, who, part) {
    // From now on the service may know them, even if its answer never comes: they keep their keys.
    await within("readwrite", async (entries) => part.forEach((one) => entries.put({ ...one, tried: true })));
    const answer = await ask(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": who.csrf },
      body: JSON.stringify({ tag: who.tag, sent_at: new Date().toISOString(), entries: part.map(onTheWire) }),
    });
    if (answer.status === 401) return { why: "sign in" };
    if (!answer.ok) return { why: "later" };
    const { results } = await answer.json();
    const sent = await settle(who.tag, part, results);
    const refused = results.filter((one) => one.status === "refused").length;
    return { sent, refused, why: sent + refused ? "" : "later" };
  }

  async function sendOnce(address) {
    const before = await state();
    if (!before.owners.length) return { sent: 0, why: "off" };
    const answer = await ask(address);
    if (answer.status === 401) return { sent: 0, why: "sign in" };
    if (answer.status === 404) {
      await seen(null, before.epoch);
      return { sent: 0, why: "other" };
    }
    if (!answer.ok) return { sent: 0, why: "later" };
    const who = await answer.json();
    await seen(who.tag, before.epoch);
    if (!before.owners.includes(who.tag)) return { sent: 0, why: "other" };
    if (!who.open) return { sent: 0, why: "closed" };
    let sent = 0;
    let refused = 0;
    for (;;) {
      const part = (await waiting(who.tag)).filter((one) => !one.refused).slice(0, PART);
      if (!part.length) return { sent, refused, why: "" };
      const came = await sendPart(address, who, part);
      sent += came.sent ?? 0;
      refused += came.refused ?? 0;
      if (came.why) return { sent, refused, why: came.why };
    }
  }

  // One sender at a time, over all tabs and the worker. Without such locks the keys alone keep from doubling.
  async function send(address) {
    const once = async () => {
      try {
        return await sendOnce(address);
      } catch {
        return { sent: 0, why: "no signal" };
      }
    };
    const came = await (navigator.locks ? navigator.locks.request(LOCK, once) : once());
    tell();
    return came;
  }

  // Takes one person's diary off this phone. Says whether nothing of anybody is left.
  async function clear(tag) {
    const left = await within("readwrite", async (entries, meta) => {
      const [now, rows] = await Promise.all([stateIn(meta), asked(entries.getAll())]);
      rows.filter((one) => one.owner === tag).forEach((one) => entries.delete(one.key));
      const owners = now.owners.filter((one) => one !== tag);
      meta.put({ ...now, owners, current: now.current === tag ? null : now.current }, "state");
      const news = (await asked(meta.get("news"))) ?? {};
      delete news[tag];
      meta.put(news, "news");
      return owners.length;
    });
    tell();
    if (left) return false;
    (await open()).close();
    opened = null;
    await asked(indexedDB.deleteDatabase(STORE));
    return true;
  }

  self.PaceworkOutbox = {
    add, channel, clear, ofOthers, remove, seen, send, state, takeNews, turnOn, unsure, waiting,
  };
})();
