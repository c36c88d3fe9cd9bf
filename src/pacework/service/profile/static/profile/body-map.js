// The picture is comfort for a finger or a mouse. The tick boxes in the list stay the answer: this file only
// ticks and unticks them, shows what is ticked, and says it in words.
const picture = document.querySelector("[data-body-map]");
const list = document.getElementById("body-list");
if (picture && list) {
  const boxes = new Map([...list.querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box]));
  const shapes = new Map([...picture.querySelectorAll("[data-region]")].map((shape) => [shape.dataset.region, shape]));
  const words = document.getElementById("body-words");

  const show = () => {
    const marked = [];
    for (const [name, box] of boxes) {
      shapes.get(name)?.classList.toggle("pw-region--marked", box.checked);
      if (box.checked) marked.push(box.labels[0].textContent.trim());
    }
    if (words) words.textContent = marked.length ? `Marked: ${marked.join(", ")}` : "Nothing is marked yet.";
  };

  picture.addEventListener("click", (event) => {
    const box = boxes.get(event.target.closest?.("[data-region]")?.dataset.region);
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  list.addEventListener("change", show);
  // With the picture there, the long list can wait folded up; it opens by key or click like any other.
  list.open = false;
  show();
}
