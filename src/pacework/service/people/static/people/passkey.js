// Passkeys need a script. Without one their buttons stay hidden; when the device says no, a sentence appears.
for (const part of document.querySelectorAll("[data-passkey]")) part.classList.remove("pw-needs-script");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  if (problem) problem.hidden = false;
});
