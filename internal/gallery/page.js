"use strict";
const form = document.getElementById("filter");
const cards = [...document.querySelectorAll("article")];
const texts = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
const filter = () => {
  const wanted = Object.fromEntries(new FormData(form));
  const text = wanted.text.toLowerCase();
  let shown = 0;
  for (const card of cards) {
    const fits = (!wanted.type || card.dataset.type === wanted.type) && (!wanted.route || card.dataset.route === wanted.route) &&
      texts.get(card).includes(text);
    card.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  form.querySelector("output").textContent = `${shown} of ${cards.length}`;
  document.getElementById("nothing").hidden = shown > 0;
};
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();
