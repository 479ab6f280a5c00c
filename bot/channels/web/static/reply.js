// Turns one reply of the desk into elements. No network, no page state, and never any HTML out of a text.

const HARMFUL = /[\u202a-\u202e]/g;
const OPENABLE = /^(https?|tel|mailto):/i;
const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;
const LEFT_TO_RIGHT = /[a-z\u00c0-\u058f\u0900-\ud7ff]/gi;
// What must not be rearranged in right-to-left text: addresses of the web and of mail, postcodes, phone numbers.
const ISLAND = new RegExp(`(${[
  "https?://[^\\s<>\"]*[\\w/]",
  "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
  "\\b[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}\\b",
  "(?:\\+|\\(0|\\b0)[\\d()](?:[\\d() \\u00a0]*\\d)+",
  "\\b\\d{2,5}(?:[ \\u00a0]\\d{2,6})+\\b",
].join("|")})`);

export const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) write(element, text);
  return element;
};

// Puts a text into an element, with an island round each number or address, and without the characters that can
// make it show other than it is.
export function write(element, text) {
  element.textContent = "";
  text.replace(HARMFUL, "").split(ISLAND).forEach((part, place) => {
    element.append(place % 2 ? island(part) : part);
  });
}

function island(text) {
  const bdi = document.createElement("bdi");
  bdi.dir = "ltr";
  if (/^[\d+() \u00a0]{3,20}$/.test(text)) bdi.className = "number"; // a phone number stays on one line
  bdi.textContent = text.replace(HARMFUL, "");
  return bdi;
}

export function speakIn(element, language, direction) {
  if (LANGUAGE_TAG.test(language)) element.lang = language;
  element.dir = direction === "rtl" ? "rtl" : "ltr";
}

// Words can be in another language than the reply that they stand in: English answers have translated buttons, and
// where a translation is missing the words are English. Their letters tell which way they run; a few Latin letters
// inside, as in names, do not count.
function turnRound(element, text, around, page) {
  const count = (letters) => (text.match(letters) || []).length;
  const [right, left] = [count(RIGHT_TO_LEFT), count(LEFT_TO_RIGHT)];
  if (right + left === 0) return element;
  const direction = right * 2 >= left ? "rtl" : "ltr";
  if (direction !== around) speakIn(element, direction === page.direction ? page.language : "en", direction);
  return element;
}

export function replyElement(reply, page) {
  const element = make("article", reply.urgent ? "reply urgent" : "reply");
  speakIn(element, reply.language, reply.direction);
  const own = (tag, className, text) => turnRound(make(tag, className, text), text, element.dir, page);
  if (reply.urgent) element.append(own("p", "flag", page.texts.urgent));
  if (reply.heading) element.append(own("h2", "", reply.heading));
  if (reply.text) element.append(own("p", "text", reply.text));
  if (reply.points.length) element.append(list(reply.points, "points"));
  if (reply.warnings.length) {
    const box = make("div", "careful");
    box.append(own("p", "flag", reply.labels.careful || page.texts.careful), list(reply.warnings));
    element.append(box);
  }
  const level = cardLevel(reply, element, own);
  for (const card of reply.cards) element.append(cardElement(card, reply, level, page));
  for (const note of reply.notes) element.append(own("p", "note", note));
  if (reply.buttons.length) element.append(buttonRow(reply, own, page));
  return element;
}

function list(texts, className) {
  const element = make("ul", className);
  for (const text of texts) element.append(make("li", "", text));
  return element;
}

// Headings never skip a level: cards come below the heading of the reply and below the words over them.
function cardLevel(reply, element, own) {
  let level = reply.heading ? 3 : 2;
  if (reply.cards.length && reply.labels.services) element.append(own(`h${level++}`, "over-cards", reply.labels.services));
  return level;
}

function cardElement(card, reply, level, page) {
  const element = make("div", "card");
  speakIn(element, card.language, card.direction);
  const own = (tag, className, text) => turnRound(make(tag, className, text), text, element.dir, page);
  if (card.title) element.append(own(`h${level}`, "", card.title));
  if (card.subtitle) element.append(own("p", "subtitle", card.subtitle));
  if (card.body) element.append(own("p", "text", card.body));
  const labelled = card.facts.filter((fact) => fact.label);
  if (labelled.length) element.append(factList(labelled, own, page));
  for (const fact of card.facts.filter((each) => !each.label)) {
    const line = make("p");
    line.append(factValue(fact, page));
    element.append(line);
  }
  for (const warning of card.warnings) element.append(own("p", "careful", warning));
  if (card.source) element.append(own("p", "note", card.source));
  return element;
}

function factList(facts, own, page) {
  const element = make("dl");
  for (const fact of facts) {
    const pair = make("div", isCall(fact.href) ? "calls" : "");
    const value = make("dd");
    // A card is English, and some of its values are in the person's own language.
    if (!fact.ltr) value.dir = "auto";
    value.append(factValue(fact, page));
    pair.append(own("dt", "", fact.label), value);
    element.append(pair);
  }
  return element;
}

const isCall = (href) => /^tel:/i.test(href);

function factValue(fact, page) {
  const value = fact.ltr ? island(fact.value) : make("span", "", fact.value);
  if (!OPENABLE.test(fact.href)) return value;
  const link = linkTo(fact.href, page);
  if (isCall(fact.href)) link.prepend(sign("☎"), " ");
  link.insertBefore(value, link.querySelector(".unseen"));
  return link;
}

// A link out of the chat opens beside it, because the conversation is kept nowhere and would be lost.
function linkTo(href, page) {
  const link = make("a", isCall(href) ? "call" : "");
  link.href = href;
  link.rel = "noopener noreferrer";
  if (/^http/i.test(href)) {
    link.target = "_blank";
    link.append(make("span", "unseen", ` (${page.texts.new_tab})`));
  }
  return link;
}

function sign(character) {
  const element = make("span", "sign", character);
  element.setAttribute("aria-hidden", "true");
  return element;
}

function buttonRow(reply, own, page) {
  const row = make("div", "buttons");
  for (const button of reply.buttons) {
    const element = button.url ? linkButton(button, page) : pressButton(button, own, page);
    if (element) row.append(element);
  }
  if (reply.buttons.every((button) => button.id.startsWith("language:"))) row.classList.add("languages");
  return row;
}

function linkButton(button, page) {
  if (!OPENABLE.test(button.url)) return null;
  const link = linkTo(button.url, page);
  link.classList.add("button");
  link.prepend(make("bdi", "", button.label));
  return link;
}

function pressButton(button, own, page) {
  const element = own("button", "button", button.label);
  element.type = "button";
  const [kind, language] = button.id.split(":");
  if (kind === "language" && LANGUAGE_TAG.test(language)) element.lang = language;
  element.addEventListener("click", () => page.press(button));
  return element;
}
