// SPDX-License-Identifier: Apache-2.0

// Follows what a page shows: asks for it again every few seconds, and puts in what is new. A lost connection shows, and heals. It rests when
// nobody looks, so that a page that was left open keeps no session alive.

const every = 5_000;
const soon = 1_000; // while something is on its way, which the page says by data-moving
const rest = 15 * 60_000;
const lost = document.getElementById("lost");
const news = document.getElementById("news");
let seen = performance.now();
let since = "";

// fetchPage asks for this page. A document that was asked for so is data: no script in it runs, and no policy for markup is needed.
function fetchPage() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.timeout = every * 2;
    request.onload = () => (request.status === 200 && request.response ? resolve(request) : reject(new Error(String(request.status))));
    request.onerror = request.ontimeout = () => reject(new Error("no answer"));
    request.open("GET", location.pathname + location.search);
    request.send();
  });
}

// isWrittenIn reports whether somebody is in a form of the page, or has written into one and not sent it.
function isWrittenIn(main) {
  return [...main.querySelectorAll("input")].some((field) => field.form?.contains(document.activeElement) || field.value !== field.defaultValue);
}

// put shows what is new. The link that has the focus keeps it, and nothing is taken from under a hand that writes.
function put(fresh) {
  const main = document.getElementById("main");
  if (fresh.innerHTML === main.innerHTML || isWrittenIn(main)) return;
  const focused = main.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const before = newsIn(main);
  main.replaceChildren(...document.adoptNode(fresh).childNodes);
  if (focused) [...main.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus({ preventScroll: true });
  const after = newsIn(main);
  if (after !== before) news.textContent = after;
}

// newsIn is what a screen reader says of a page when it changes, while people go on with what they do. The page says by data-news what that is.
function newsIn(main) {
  return [...main.querySelectorAll("[data-news]")].map((part) => `${part.dataset.news}: ${part.textContent.trim()}`).join(" ");
}

// say shows a line above the page, or hides it.
function say(text) {
  if (lost.textContent !== text) lost.textContent = text;
  lost.hidden = text === "";
}

async function look() {
  if (document.hidden || performance.now() - seen > rest) return;
  try {
    const answer = await fetchPage();
    const fresh = answer.response.getElementById("main");
    if (!fresh?.hasAttribute("data-live")) {
      location.reload(); // signed out
      return;
    }
    put(fresh);
    since = "";
    say("");
  } catch {
    since ||= new Date().toISOString().replace(/\.\d+/, "");
    say(`No connection to the server since ${since}: this page shows what was so then. The Envoys go on with what they have.`);
  }
}

async function follow() {
  await look();
  setTimeout(follow, pause());
}

function pause() {
  return document.querySelector("#main [data-moving]") ? soon : every;
}

for (const kind of ["pointermove", "keydown", "scroll", "visibilitychange"]) {
  document.addEventListener(kind, () => { seen = performance.now(); }, { passive: true });
}
setTimeout(follow, pause());
