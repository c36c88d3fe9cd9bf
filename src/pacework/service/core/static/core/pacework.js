/* Comfort only: every page works without this file. */

// The NHS.UK components (focus on the error summary, no double clicks) wait for this class.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
const own = document.querySelector("script[data-nhsuk]");
if (own) {
  import(own.dataset.nhsuk).then((nhsuk) => nhsuk.initAll());
}

// A long form keeps a draft on the server while someone types. It asks nothing and says nothing.
const EVERY = 20000;
for (const form of document.querySelectorAll("form[data-draft]")) {
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const words = (data) => new URLSearchParams(data).toString();
  let kept = words(typed());
  let timer = setInterval(async () => {
    const data = typed();
    const now = words(data);
    if (now === kept) return;
    data.set("save_draft", "1");
    try {
      const answer = await fetch(form.dataset.draft || location.href, {
        method: "POST",
        body: new URLSearchParams(data),
        headers: { "X-Pacework-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.ok) kept = now;
    } catch {
      // No connection: the next round tries again.
    }
  }, EVERY);
  form.addEventListener("submit", () => clearInterval(timer));
}
