// The page of the workbench: it hands what is typed to Python, and shows what comes back.
const $ = (id) => document.getElementById(id);
const given = JSON.parse($("workbench").dataset.given);
const { words, kinds, language } = given;
const form = document.querySelector(".ask");
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// ------------------------------------------------------------------------------------------------ Python

let worker, ready = false, failed = "", last = 0;
const waiting = new Map();

function start() {
  if (worker) return;
  const here = $("workbench").dataset;
  const whole = (address) => new URL(address, document.baseURI).href;
  // A worker of a blob has the policy of this page; one of a file would have none.
  const code = new Blob([`import ${JSON.stringify(whole(here.worker))};`], { type: "text/javascript" });
  worker = new Worker(URL.createObjectURL(code), { type: "module" });
  worker.onmessage = ({ data }) => heard(data);
  worker.onerror = (event) => heard({ failed: event.message || "worker" });
  // What is sent before the worker listens is kept for it.
  worker.postMessage({ total: given.bytes, wheel: whole(here.wheel) });
  loading("fetching", 0);
}

function heard(data) {
  if (data.percent !== undefined && !ready) loading(data.stage, data.percent);
  if (data.ready) {
    ready = true;
    $("loading").hidden = true;
  }
  if (data.failed) {
    failed = filled(words.failed, { reason: data.failed });
    $("loading").hidden = false;
    $("loading").querySelector("span").textContent = failed;
    $("loading").querySelector("progress").hidden = true;
  }
  if (data.id) {
    waiting.get(data.id)(data.told);
    waiting.delete(data.id);
  }
}

function loading(stage, percent) {
  const box = $("loading");
  box.hidden = false;
  const said = filled(words[stage], { percent: `${percent}%` });
  if (box.firstElementChild.textContent !== said) box.firstElementChild.textContent = said;
  box.querySelector("progress").value = percent;
}

function ask(asked, raw) {
  start();
  return new Promise((resolve) => {
    last += 1;
    waiting.set(last, resolve);
    worker.postMessage({ id: last, asked: { ...asked, language }, raw });
  });
}

// ------------------------------------------------------------------------------------------ three numbers

let answered = null, asking = false, again = false;
const kind = () => form.elements.kind.value;
const FIELDS = ["printed", "parts", "wholes"];

function label(name) {
  const by = form.elements.direction.value.endsWith("_by") ? "_by" : "";
  return words[`${kind()}${by}_${name}`] ?? words[`${kind()}_${name}`] ?? words[name];
}

function shape() {
  const { fields, directions } = kinds[kind()];
  const select = form.elements.direction, before = select.value;
  select.replaceChildren(...directions.map((way) => new Option(words[`${kind()}_${way}`] ?? "", way)));
  select.value = directions.includes(before) ? before : directions[0];
  select.parentElement.hidden = directions.length < 2;
  FIELDS.forEach((name, number) => {
    form.querySelector(`[data-field=${name}]`).hidden = !fields.includes(name);
    form.elements[name].placeholder = given.placeholders[kind()][number] ?? "";
  });
  form.querySelector(".check").hidden = !fields.includes("parts") || !fields.includes("wholes");
  relabel();
  if (directions.length > 1 && directions[0]) form.querySelector("details").open = true;
}

function relabel() {
  for (const name of FIELDS) form.querySelector(`label[for=${name}]`).textContent = label(name);
}

function state() {
  const all = Object.fromEntries(new FormData(form));
  const { fields, directions } = kinds[all.kind];
  const kept = [...(directions.length > 1 ? ["direction"] : []), "inputs", ...fields, "low", "high"];
  return { kind: all.kind, ...Object.fromEntries(kept.filter((name) => all[name]).map((name) => [name, all[name]])) };
}

// Some browsers refuse to be told too often; the next change tells it again.
function remember(address) {
  try {
    history.replaceState(null, "", address);
  } catch {}
}

const hash = (values) => "#" + new URLSearchParams(values).toString();

function changed() {
  const now = state();
  const typed = FIELDS.some((name) => now[name]);
  remember(typed ? hash(now) : location.pathname + location.search);
  if (!ready) {
    for (const name of FIELDS) reads(name, now[name] && !failed ? { said: filled(words.reading, { text: now[name].slice(0, 40) }) } : {});
  }
  stand(now);
  if (typed) put();
  else show(now, { readings: {}, answer: null });
}

// On the strip the numbers of the article's own check stand up.
function stand(now) {
  const own = [...document.querySelectorAll("[data-cells]")].find((link) => hash(now) === hash(new URLSearchParams(link.hash.slice(1))));
  const cells = new Set(own ? own.dataset.cells.split(" ") : []);
  $("strip").querySelectorAll("rect").forEach((cell, number) => cell.classList.toggle("now", cells.has(String(number))));
}

async function put() {
  again = asking;
  if (asking) return;
  asking = true;
  const now = state();
  const told = await ask({ about: "check", ...now });
  asking = false;
  if (again) return put();
  show(now, told);
}

function reads(name, reading) {
  const field = form.querySelector(`[data-field=${name}]`), shown = $(`${name}-reads`);
  const wrong = Boolean(reading?.fault);
  field.classList.toggle("bad", wrong);
  for (const input of field.querySelectorAll("input")) {
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  shown.textContent = reading?.fault ?? reading?.said ?? "";
}

function show(now, told) {
  const readings = told.fault ? { printed: { fault: told.fault } } : told.readings;
  for (const name of [...FIELDS, "space"]) reads(name, readings[name] ?? {});
  const wrong = Object.values(readings).some((each) => each.fault);
  if (told.answer) {
    answered = { ...told.answer, link: hash(now) };
    $("card").innerHTML = told.answer.html;
    $("card").dataset.verdict = told.answer.code;
    $("to-answer").innerHTML = told.answer.stamp;
    $("to-answer").append(told.answer.verdict);
    copied("");
  }
  const stale = Boolean(answered) && !told.answer;
  form.dataset.shown = hash(now);
  $("hint").hidden = !(wrong || stale);
  $("hint").textContent = wrong ? words.correct : words.complete;
  $("empty").hidden = Boolean(answered);
  for (const part of [$("card"), $("after")]) {
    part.hidden = !answered;
    part.inert = stale;
    part.classList.toggle("old", stale);
  }
  $("foot").hidden = !answered || stale;
}

function apply() {
  const values = new URLSearchParams(location.hash.slice(1));
  if (location.hash === "#text") return tab("text");
  if (!kinds[values.get("kind")]) return;
  tab("numbers");
  form.elements.kind.value = values.get("kind");
  form.elements.inputs.checked = values.get("inputs") === "mean";
  for (const name of [...FIELDS, "low", "high"]) form.elements[name].value = values.get(name) ?? "";
  form.elements.direction.replaceChildren(new Option("", values.get("direction") ?? ""));
  shape();
  if (values.get("direction") || values.get("inputs") || values.get("low")) form.querySelector("details").open = true;
  start();
  changed();
}

async function copy(what) {
  const text = what === "link" ? new URL(answered.link, location.href).href : answered[what];
  try {
    await navigator.clipboard.writeText(text);
    copied(words.copied);
  } catch {
    copied(words.by_hand, text);
  }
  if (what === "python") copied($("copied").textContent, text);
}

function copied(said, text = "") {
  $("copied").textContent = said;
  $("by-hand").textContent = text;
  $("by-hand").hidden = !text;
}

// ------------------------------------------------------------------------------------------- a whole text

let text = "", name = "text", decisions = {}, table = "";

function tab(which) {
  for (const button of document.querySelectorAll("[data-tab]")) {
    button.setAttribute("aria-pressed", String(button.dataset.tab === which));
    $(button.dataset.tab).hidden = button.dataset.tab !== which;
  }
}

function fault(said) {
  $("pasted-reads").textContent = said;
  $("pasted").toggleAttribute("aria-invalid", Boolean(said));
  $("typed").classList.toggle("bad", Boolean(said));
  $("text-hint").hidden = true;
  $("found").inert = Boolean(said);
  $("found").classList.toggle("old", Boolean(said));
}

async function audit() {
  fault("");
  $("text-hint").hidden = false;
  $("text-hint").textContent = words.working;
  const asked = text;
  const told = await ask({ about: "text", text, name, decisions });
  if (asked !== text) return;
  $("text-hint").hidden = true;
  if (told.fault) {
    edit();
    return fault(told.fault);
  }
  $("doc").replaceChildren(...told.runs.map(run));
  $("counts").textContent = told.counts;
  $("related").innerHTML = told.claims;
  if (table) URL.revokeObjectURL(table);
  table = URL.createObjectURL(new Blob([told.table], { type: "text/csv" }));
  $("table").href = table;
  $("typed").hidden = true;
  $("read").hidden = $("found").hidden = false;
}

// What was pasted is set as text, whatever it holds.
function run([part, look, claims, note]) {
  if (!look) return document.createTextNode(part);
  const mark = document.createElement("mark");
  mark.className = part.length < 14 ? `${look} short` : look;
  mark.textContent = part;
  mark.tabIndex = 0;
  mark.dataset.claims = claims;
  mark.dataset.note = note;
  return mark;
}

function edit() {
  $("typed").hidden = false;
  $("read").hidden = true;
  $("pasted").focus();
}

function light(chosen) {
  const wanted = new Set(chosen ? (chosen.dataset.claims ?? chosen.id).split(" ") : []);
  for (const mark of $("doc").querySelectorAll("mark")) {
    mark.classList.toggle("lit", mark === chosen || mark.dataset.claims.split(" ").some((each) => each && wanted.has(each)));
  }
  for (const item of $("related").children) item.classList.toggle("lit", wanted.has(item.id));
  if (chosen?.dataset.note) $("note").textContent = `${chosen.textContent}: ${chosen.dataset.note}`;
}

async function open(file) {
  name = file.name.replace(/\.[^.]*$/, "") || "text";
  decisions = {};
  if (file.size > 20_000_000) return fault(words.large);
  const raw = new Uint8Array(await file.arrayBuffer());
  if (file.name.toLowerCase().endsWith(".docx")) return take(await docx(raw));
  const told = await ask({ about: "file" }, raw);
  if (told.fault) return fault(told.fault);
  return take({ text: told.page ? page(told.text) : told.text });
}

function take(told) {
  if (told.fault) return fault(told.fault);
  // What is too long to be read is not shown either.
  if (told.text.length <= given.most) $("pasted").value = told.text;
  // A field of a page has line ends of its own; the text keeps those that it came with.
  text = told.text;
  return audit();
}

const BLOCKS = "address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul body".split(" ");
const BESIDE = "script style noscript template head nav footer aside form iframe object svg";

function page(source) {
  // In a template nothing is loaded, run or styled.
  const holder = document.createElement("template");
  holder.innerHTML = source;
  const read = holder.content;
  for (const each of read.querySelectorAll(BESIDE.split(" ").join(","))) each.remove();
  const lines = [""];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += node.data.replace(/\s+/g, " ");
    const block = BLOCKS.includes(node.localName) || node.localName === "br";
    if (block) lines.push("");
    for (const child of node.childNodes) walk(child);
    if (block) lines.push("");
  };
  walk(read.querySelector("article") ?? read.querySelector("main") ?? read);
  return lines.map((line) => line.trim()).filter(Boolean).join("\n");
}

async function docx(raw) {
  if (!window.mammoth) {
    const script = document.createElement("script");
    script.src = new URL($("workbench").dataset.mammoth, document.baseURI).href;
    const loaded = new Promise((resolve, reject) => ((script.onload = resolve), (script.onerror = reject)));
    document.head.append(script);
    await loaded;
  }
  try {
    return { text: (await window.mammoth.extractRawText({ arrayBuffer: raw.buffer })).value };
  } catch {
    return ask({ about: "damaged" });
  }
}

// ------------------------------------------------------------------------------------------------- events

document.querySelector(".tabs").hidden = false;
$("main").addEventListener("focusin", start, { once: true });
for (const button of document.querySelectorAll("[data-tab]")) {
  button.addEventListener("click", () => {
    tab(button.dataset.tab);
    remember(button.dataset.tab === "text" ? "#text" : hash(state()));
  });
}
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => {
  if (event.target.name === "kind") shape();
  if (event.target.name === "direction") relabel();
  changed();
});
document.querySelector(".examples").addEventListener("click", (event) => {
  if (event.target.closest("a") && matchMedia("(max-width: 999px)").matches) form.scrollIntoView();
});
document.addEventListener("click", (event) => event.target.dataset?.copy && answered && copy(event.target.dataset.copy));
$("to-answer").addEventListener("click", () => $("answer").scrollIntoView());
addEventListener("hashchange", apply);

$("go").addEventListener("click", () => {
  if (text.replace(/\r\n?/g, "\n") !== $("pasted").value) {
    [text, name, decisions] = [$("pasted").value, "text", {}];
  }
  audit();
});
$("sample").addEventListener("click", () => {
  [name, decisions] = ["text", {}];
  take({ text: given.sample });
});
$("edit").addEventListener("click", edit);
$("file").addEventListener("change", () => $("file").files[0] && open($("file").files[0]));
$("text").addEventListener("dragover", (event) => event.preventDefault());
$("text").addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0]);
});
for (const event of ["mouseover", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    const chosen = target.closest?.("#doc mark, #related > li");
    if (chosen) light(chosen);
  });
}
$("related").addEventListener("click", async (event) => {
  const { claim, choice } = event.target.dataset;
  if (!claim) return;
  if (decisions[claim] === choice) delete decisions[claim];
  else decisions[claim] = choice;
  await audit();
  document.querySelector(`[data-claim=${claim}][data-choice=${choice}]`)?.focus();
});

shape();
apply();
