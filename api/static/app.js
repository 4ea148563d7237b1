// What the page does: asks the service, shows the answer, sends corrections.
import * as view from "./view.js";

const EXAMPLE = `VARNO, March 3 -- The foreign ministers of Ostland and Merania met on Tuesday for the first time since autumn.

"We had an honest conversation about the border crossing. Both sides want it open again," Ostland's Foreign Minister Anna Berg said.

"If Merania moves one more battalion to the river, we will answer with every means we have," Defence Minister Karl Holt warned.

Merania accused Ostland of violating the ceasefire. Berg denied that her country had broken it.`;

const at = (id) => document.getElementById(id);
const state = { statements: [], text: "", labels: null };

async function call(path, body) {
  const headers = { "Content-Type": "application/json" };
  if (at("key").value) headers["X-API-Key"] = at("key").value;
  const given = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, given);
  } catch {
    throw new Error("The service does not answer; is it still running?");
  }
  const found = await answer.json();
  if (answer.status === 401) at("access").open = true;
  if (!answer.ok) throw new Error(found.detail ?? `The service answered ${answer.status}.`);
  return found;
}

function tell(words, bad = false) {
  at("status").textContent = words;
  at("status").classList.toggle("bad", bad);
}

async function scoreLines(text) {
  const lines = text.split(/\r?\n/);
  const starts = [];
  let place = 0;
  for (const line of lines) {
    starts.push(place);
    place += Array.from(line).length + 1;
  }
  const kept = lines.map((line, i) => ({ line, start: starts[i] })).filter((each) => each.line.trim());
  const found = [];
  for (let first = 0; first < kept.length; first += 500) {
    const answer = await call("/v1/predict", { statements: kept.slice(first, first + 500).map((each) => ({ text: each.line })) });
    found.push(...answer.predictions);
  }
  return kept.map(({ line, start }, i) => ({ speaker: null, actor: null, quote: line, start,
    end: start + Array.from(line).length, prediction: found[i] }));
}

// Score the statements that name a target again, with the stance toward it.
async function toward(target, statements) {
  const naming = statements.filter(({ quote }) => quote.toLowerCase().includes(target.toLowerCase()));
  for (let first = 0; first < naming.length; first += 500) {
    const part = naming.slice(first, first + 500);
    const answer = await call("/v1/predict", { statements: part.map(({ quote }) => ({ text: quote, target })) });
    part.forEach((statement, i) => {
      if (!answer.predictions[i].error) statement.prediction = answer.predictions[i];
    });
  }
  return naming.length ? "" : `; none names ${target}`;
}

async function score(event) {
  event.preventDefault();
  const text = at("text").value.replaceAll("\r\n", "\n");
  const button = at("ask").querySelector("button.main");
  button.disabled = true;
  tell("Scoring …");
  try {
    let lines = at("ask").elements.mode.value === "lines";
    let found = lines ? await scoreLines(text) : (await call("/v1/articles", { text })).statements;
    let note = "";
    if (!lines && !found.length) {
      found = await scoreLines(text);
      note = ", read line by line because nobody is quoted";
    }
    const target = at("target").value.trim();
    if (target) note += await toward(target, found);
    state.statements = found;
    state.text = text;
    show();
    tell(`${found.length} statement${found.length === 1 ? "" : "s"}${note}.`);
    at("results").focus();
  } catch (error) {
    tell(error.message, true);
  } finally {
    button.disabled = false;
  }
}

function show() {
  at("results").hidden = false;
  at("legend").replaceChildren(...view.legend());
  at("article").replaceChildren(...view.annotated(state.text, state.statements));
  at("chart").replaceChildren(...view.speakers(state.statements));
  at("list").replaceChildren(...state.statements.map(card));
}

function card(statement, i) {
  const { prediction } = statement;
  const who = statement.speaker ?? (statement.reason ? `unnamed (${statement.reason})` : `Statement ${i + 1}`);
  const made = view.element("li", { id: `s${i}`, class: "panel" },
    view.element("strong", {}, statement.actor ? `${who} (${statement.actor})` : who),
    view.element("blockquote", {}, statement.quote));
  if (prediction.error) {
    made.append(view.element("p", { class: "bad" }, prediction.error.detail));
    return made;
  }
  const more = view.element("div");
  made.append(view.scores(prediction), view.element("div", { class: "row" },
    opener("Why?", `about statement ${i + 1}`, more, () => why(statement)),
    opener("Correct", `statement ${i + 1}`, more, () => correction(statement))), more);
  return made;
}

// A button that opens a part below, made when it is first asked for.
function opener(words, about, place, make) {
  const button = view.element("button", { type: "button", "aria-expanded": "false", "aria-label": `${words} ${about}` }, words);
  let part = null;
  button.addEventListener("click", async () => {
    if (part) {
      part.hidden = !part.hidden;
    } else {
      try {
        part = await make();
      } catch (error) {
        tell(error.message, true);
        part = view.element("p", { class: "bad" }, error.message);
      }
      place.append(part);
    }
    button.setAttribute("aria-expanded", String(!part.hidden));
  });
  return button;
}

async function why({ quote, prediction }) {
  const target = prediction.stance?.target;
  const found = await call("/v1/explain", target ? { text: quote, target } : { text: quote });
  return view.element("div", { class: "why" }, ...view.explanation(quote, found.explanation));
}

function choice(name, label, given, options) {
  const select = view.element("select", { name }, view.element("option", { value: "" }, `as it is: ${given}`),
    ...options.map(([value, words]) => view.element("option", { value }, words)));
  return view.element("label", {}, label, select);
}

async function correction({ quote, prediction }) {
  state.labels ??= await call("/v1/labels");
  const target = prediction.stance?.target;
  const same = (labels) => labels.map((label) => [label, label]);
  const told = view.element("p", { role: "status" });
  const form = view.element("form", { class: "correct", "aria-label": "Right labels" },
    view.element("h4", {}, "What is right?"),
    choice("escalation", "Escalation", prediction.escalation.label, state.labels.escalation.map(({ level, label }) => [level, `${level} ${label}`])),
    choice("act", "Act", prediction.act.label, same(state.labels.act.map(({ label }) => label))),
    choice("tone", "Tone", prediction.tone.label, same(state.labels.tone)),
    target ? choice("stance", `Stance toward ${target}`, prediction.stance.label, same(state.labels.stance)) : null,
    view.element("div", { class: "row" }, view.element("button", { type: "submit", class: "main" }, "Save"), told));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const labels = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== "")
      .map(([name, value]) => [name, name === "escalation" ? Number(value) : value]));
    try {
      const { id } = await call("/v1/feedback", { text: quote, labels, ...(target ? { target } : {}) });
      told.textContent = `Stored as correction ${id}. Thank you.`;
      told.className = "";
    } catch (error) {
      told.textContent = error.message;
      told.className = "bad";
    }
  });
  return form;
}

function save(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = view.element("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// Rows of a CSV file, quotes and all.
function rowsOf(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const row = rows.at(-1);
    if (text[i] === '"') {
      if (quoted && text[i + 1] === '"') row[row.length - 1] += text[i++];
      else quoted = !quoted;
    } else if (text[i] === "," && !quoted) row.push("");
    else if (text[i] === "\n" && !quoted) rows.push([""]);
    else if (text[i] !== "\r" || quoted) row[row.length - 1] += text[i];
  }
  return rows.filter((row) => row.length > 1 || row[0]);
}

async function open(file) {
  try {
    let text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    const oneLine = (words) => String(words ?? "").replace(/\s+/g, " ").trim();
    if (file.name.endsWith(".jsonl")) {
      text = text.split("\n").filter((line) => line.trim()).map((line) => oneLine(JSON.parse(line).text)).join("\n");
    } else if (file.name.endsWith(".csv")) {
      const [head, ...rows] = rowsOf(text);
      const column = head.map((name) => name.trim().replace("\ufeff", "")).indexOf("text");
      if (column < 0) throw new Error("The file has no column named text.");
      text = rows.map((row) => oneLine(row[column])).join("\n");
    }
    if (!file.name.endsWith(".txt")) at("ask").elements.mode.value = "lines";
    at("text").value = text;
    tell(`${file.name} opened; press Score.`);
  } catch (error) {
    const why = error instanceof SyntaxError ? "A line of the file is not JSON." : error.message;
    tell(error instanceof TypeError ? "The file is not text in UTF-8." : why, true);
  }
}

at("ask").addEventListener("submit", score);
at("example").addEventListener("click", () => {
  at("text").value = EXAMPLE;
  at("ask").elements.mode.value = "article";
  tell("An invented article; press Score.");
});
at("file").addEventListener("change", (event) => event.target.files[0] && open(event.target.files[0]));
at("save-json").addEventListener("click", () => save("detente.json", "application/json", JSON.stringify(state.statements, null, 1)));
at("save-csv").addEventListener("click", () => save("detente.csv", "text/csv", "\ufeff" + view.csv(state.statements)));
fetch("/v2/models/detente/ready").then((answer) => answer.json()).then(({ version }) => {
  at("model").textContent = `Model ${version}. Nothing you paste leaves this service, and its logs hold no text.`;
}).catch(() => tell("The service does not answer.", true));
