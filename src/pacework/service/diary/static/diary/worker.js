/* The service worker, only on phones whose owner asked for it. It keeps one empty page with its files, shows
   that page when there is no signal, and sends what waits in the outbox. No other answer is ever kept. */
(() => {
  const keep = self.PACEWORK_DIARY;
  const outbox = self.PaceworkOutbox;
  const PREFIX = "pacework-diary-";
  const NAME = PREFIX + keep.version;

  async function keepOne(cache, address) {
    // Asked without cookies: the page comes as it is for nobody in particular.
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }

  self.addEventListener("install", (event) => {
    const all = async () => {
      const cache = await caches.open(NAME);
      await Promise.all([keep.page, ...keep.files].map((address) => keepOne(cache, address)));
      await self.skipWaiting();
    };
    event.waitUntil(all());
  });

  self.addEventListener("activate", (event) => {
    const tidy = async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
      await Promise.all(names.map((name) => caches.delete(name)));
      await self.clients.claim();
    };
    event.waitUntil(tidy());
  });

  const kept = async (address) =>
    (await (await caches.open(NAME)).match(address, { ignoreSearch: true, ignoreVary: true })) ??
    Response.error();

  // A page of the diary that was filled in while there was signal, and sent when there was none.
  const DIARY = /^\/my\/diary\/(today\/|(\d{4}-\d\d-\d\d)\/)?$/;

  async function rescue(address, copy) {
    const found = DIARY.exec(address.pathname);
    const { current, owners } = await outbox.state();
    if (!found || !owners.includes(current)) return false;
    const form = await copy.formData();
    // What is no number goes as it is: the service says why it is refused.
    const number = (name) => {
      const typed = (form.get(name) ?? "").trim().replace(",", ".");
      return typed === "" ? null : Number.isNaN(Number(typed)) ? typed : Number(typed);
    };
    if (!form.get("pain")) return false;
    const said = { on: found[2] ?? null, note: (form.get("note") ?? "").trim() };
    for (const name of ["pain", "fatigue", "sleep", "mood", "hours"]) said[name] = number(name);
    await outbox.add(current, said);
    return true;
  }

  async function go(event, address) {
    const { request } = event;
    const copy = request.method === "POST" && DIARY.test(address.pathname) ? request.clone() : null;
    // Signing in and out are sent from outside a client's own pages. Until it is known who came of it, nobody
    // may write here.
    if (request.method !== "GET" && !address.pathname.startsWith(keep.own)) {
      await outbox.unsure().catch(() => {});
    }
    let answer;
    try {
      answer = await fetch(request);
    } catch {
      if (request.method === "GET") return kept(keep.page);
      const saved = copy && (await rescue(address, copy).catch(() => false));
      const lost = DIARY.test(address.pathname) ? "lost" : address.pathname === keep.flare_end ? "flare" : "unsent";
      return Response.redirect(`${keep.page}?${saved ? "saved" : lost}`, 303);
    }
    event.waitUntil(outbox.send(keep.sync));
    return answer;
  }

  async function file(request) {
    try {
      const answer = await fetch(request);
      return answer.ok ? answer : kept(request.url);
    } catch {
      return kept(request.url);
    }
  }

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const address = new URL(request.url);
    if (address.origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(go(event, address));
    else if (request.method === "GET" && keep.files.includes(address.pathname)) {
      event.respondWith(file(request));
    }
  });

  self.addEventListener("sync", (event) => {
    if (event.tag !== "pacework-diary") return;
    const again = async () => {
      const { why } = await outbox.send(keep.sync);
      // The browser tries again later by itself.
      if (why === "no signal" || why === "later") throw new Error(why);
    };
    event.waitUntil(again());
  });
})();
