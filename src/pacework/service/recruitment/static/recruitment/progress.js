// While a list is being worked on, the figure under its bar moves without the page being loaded again.
const EVERY = 3000;

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, here] = [page.getElementById("progress"), document.getElementById("progress")];
  // Another step, or done: the whole page is another one.
  if (!now || now.querySelector("h2").textContent !== here.querySelector("h2").textContent) return location.reload();
  const [to, from] = [now.querySelector("progress"), here.querySelector("progress")];
  for (const name of ["max", "value"]) if (to.hasAttribute(name)) from.setAttribute(name, to.getAttribute(name));
  here.querySelector("[role=status]").textContent = now.querySelector("[role=status]").textContent;
  setTimeout(() => look().catch(() => {}), EVERY);
}

setTimeout(() => look().catch(() => {}), EVERY);
