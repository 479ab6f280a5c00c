// The chat page: sends what a person writes or presses, and shows what comes back. Nothing is kept on the device
// but the conversation's token and its language, and these only as long as the tab is open.

import { make, replyElement, speakIn, write } from "./reply.js";

const LONGEST_WAIT = 30000; // milliseconds
const FORGET = "forget:";
const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");
const at = (id) => document.getElementById(id);
const [log, input, status] = [at("log"), at("question"), at("status")];
const page = { ...JSON.parse(at("page").textContent), press };
const seen = { [page.language]: { ...page } }; // a copy, because `page` changes with the language
let token = recall("token");
let busy = false;
let turn = 0; // grows with each message and each clearing; what was asked for in an older turn is dropped
let running = null; // stops the message that is on its way
let clearing = false;

// ---- what the tab remembers; some browsers refuse, then the page remembers it until it is closed

function recall(name) {
  try { return sessionStorage.getItem(`desk-${name}`); } catch { return null; }
}

function remember(name, value) {
  try { sessionStorage.setItem(`desk-${name}`, value); } catch { /* see above */ }
}

function forgetAll() {
  token = null;
  try { sessionStorage.clear(); } catch { /* see above */ }
}

// ---- asking the desk

async function request(path, options, stop = new AbortController()) {
  const timer = setTimeout(() => stop.abort(), LONGEST_WAIT);
  try {
    const answer = await fetch(path, { credentials: "omit", cache: "no-store", signal: stop.signal, ...options });
    const body = await answer.json();
    if (answer.ok) return body;
    throw Object.assign(new Error(body.code), { problem: body });
  } finally {
    clearTimeout(timer);
  }
}

function ask(message, stop) {
  const body = JSON.stringify({ conversation: token, language: recall("language") || page.language, ...message });
  return request("/api/chat", { method: "POST", headers: { "Content-Type": "application/json" }, body }, stop);
}

// Nothing that is on its way may show or remember anything any more.
function drop() {
  turn += 1;
  if (running) running.abort();
}

// message: {text} or {button} or {}. shown: what the person sees as their own words, "" for nothing.
async function send(message, shown) {
  if (busy) return;
  const mine = shown ? showMine(shown) : null;
  turn += 1;
  const now = turn;
  running = new AbortController();
  wait(true);
  try {
    const answer = await ask(message, running);
    if (now === turn) await receive(answer, mine);
  } catch (error) {
    if (now === turn) fail(message, shown, mine, error.problem);
  } finally {
    if (now === turn) wait(false);
  }
}

async function receive(answer, mine) {
  const now = turn;
  token = answer.conversation;
  remember("token", token);
  if (mine) remember("language", answer.language); // before that it is only what the browser asks for
  await speak(answer.language);
  if (now !== turn) return;
  for (const notice of log.querySelectorAll(".notice")) notice.remove();
  const urgent = answer.replies.filter((reply) => reply.urgent);
  const calm = answer.replies.filter((reply) => !reply.urgent);
  const elements = [...urgent, ...calm].map((reply) => replyElement(reply, page));
  log.append(...elements);
  if (mine) bringUp(urgent.length ? elements[0] : mine);
}

function press(button) {
  if (button.id === FORGET) clearChat();
  else send({ button: button.id }, button.label);
}

// ---- the conversation on the page

function showMine(text) {
  const element = make("div", "mine");
  const words = make("p", "", text);
  words.dir = "auto";
  element.append(make("span", "unseen", page.texts.you), words);
  log.append(element);
  bringUp(element);
  return element;
}

function bringUp(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

function wait(on) {
  busy = on;
  log.setAttribute("aria-busy", on);
  status.classList.toggle("busy", on);
  tell(on ? page.texts.waiting : "");
}

function tell(text) {
  write(status, text);
}

// The person's words go back to where they were written, and can be sent again with one press.
function fail(message, shown, mine, problem) {
  if (mine) mine.remove();
  for (const notice of log.querySelectorAll(".notice")) notice.remove();
  const kept = Boolean(message.text) && !input.value.trim();
  if (kept) setInput(message.text);
  const notice = make("div", "notice");
  const said = make("p", "", problem ? problem.detail : page.texts[shown ? "failed" : "failed_start"]);
  if (problem) speakIn(said, problem.language, problem.direction);
  notice.append(said);
  if (!problem) notice.append(make("p", "", page.texts.failed_danger));
  if (!problem || problem.status >= 429) notice.append(retryButton(message, shown));
  log.append(notice);
  bringUp(notice);
}

function retryButton(message, shown) {
  const again = make("button", "button", page.texts.retry);
  again.type = "button";
  again.addEventListener("click", () => {
    if (busy) return;
    if (message.text && input.value.trim() === message.text) setInput("");
    again.closest(".notice").remove();
    input.focus({ preventScroll: true });
    send(message, shown);
  });
  return again;
}

// Clears the page and the tab's memory before the desk is asked to forget, for somebody may be looking already.
async function clearChat() {
  const known = token;
  // Words under way without a token: the desk may know them by a token that never came.
  const lost = !known && log.querySelector(".mine");
  log.textContent = "";
  setInput("");
  if (clearing) return;
  drop();
  forgetAll();
  const now = turn;
  clearing = true;
  wait(true);
  const reached = known ? await ask({ button: FORGET, conversation: known }).then(() => true, () => false) : !lost;
  clearing = false;
  if (now !== turn) return; // The person has left the page.
  wait(false);
  log.append(make("p", "told", page.texts[reached ? "cleared" : "cleared_here"]));
  await send({}, "");
}

// ---- the language of the page

async function speak(language) {
  if (language === page.language) return;
  const now = turn;
  try {
    seen[language] = seen[language] || await request(`/api/phrases?language=${encodeURIComponent(language)}`);
  } catch {
    return; // The old language stays; the next answer tries again.
  }
  if (now !== turn) return;
  const { texts, direction, untranslated } = seen[language];
  Object.assign(page, { language, texts, direction, untranslated });
  speakIn(document.documentElement, language, direction);
  document.querySelectorAll("[data-text]").forEach(translate);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", texts[each.dataset.label]);
  for (const each of document.querySelectorAll("[data-placeholder]")) each.placeholder = texts[each.dataset.placeholder];
}

function translate(element) {
  const key = element.dataset.text;
  write(element, page.texts[key]);
  element.removeAttribute("lang");
  element.removeAttribute("dir");
  if (page.untranslated.includes(key)) speakIn(element, "en", "ltr");
}

// ---- writing

function setInput(text) {
  input.value = text;
  grow();
}

function grow() {
  input.rows = 1;
  while (input.scrollHeight > input.clientHeight && input.rows < 4) input.rows += 1;
}

function submit(event) {
  event.preventDefault();
  input.focus({ preventScroll: true });
  const text = input.value.trim();
  if (busy) return;
  if (!text) {
    tell(page.texts.empty);
    return;
  }
  setInput("");
  if (TOUCH.matches) input.blur(); // The keyboard on the screen would cover the answer.
  send({ text }, text);
}

function leave(event) {
  event.preventDefault();
  document.body.hidden = true; // The next page can be slow to come.
  drop();
  forgetAll();
  location.replace(event.currentTarget.href);
}

function start() {
  at("opening").remove();
  at("writing").hidden = at("tools").hidden = false;
  at("writing").addEventListener("submit", submit);
  at("leave").addEventListener("click", leave);
  at("clear").addEventListener("click", clearChat);
  at("language").addEventListener("click", () => send({ button: "languages:" }, page.texts.language));
  input.addEventListener("input", grow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  const language = recall("language");
  // After a reload the words are gone, but the desk still knows language and city: the topics are the way on.
  if (token && language) speak(language).then(() => turn || send({ button: "menu:" }, ""));
  else send({}, "");
}

start();
