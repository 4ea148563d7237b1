// How results look: pure functions from data to elements. Every text is set as text, never as markup.

export const LEVELS = new Map([[-2, "de-escalatory"], [-1, "conciliatory"], [0, "neutral"], [1, "confrontational"],
  [2, "threatening"], [3, "coercive"]]);

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export const signed = (number, digits = 2) => (number >= 0 ? "+" : "−") + Math.abs(number).toFixed(digits);
export const percent = (share) => `${Math.round(share * 100)} %`;
const whole = (level) => (level ? signed(level, 0) : "0");
const ofLevel = (score) => Math.max(-2, Math.min(3, Math.round(score)));
const named = (statement) => statement.speaker ?? "unnamed";

export function legend() {
  return [...LEVELS].map(([level, label]) => element("li", { class: `chip l${level}` }, `${whole(level)} ${label}`));
}

// Offsets of the service count characters (code points); JavaScript's count UTF-16 units.
export function annotated(text, statements) {
  const characters = Array.from(text);
  const scored = statements.map((statement, i) => ({ ...statement, i })).filter((each) => each.prediction.escalation);
  const cuts = [...new Set([0, characters.length, ...scored.flatMap((each) => [each.start, each.end])])].sort((a, b) => a - b);
  const begun = new Set();
  return cuts.slice(0, -1).map((start, n) => {
    const piece = characters.slice(start, cuts[n + 1]).join("");
    const over = scored.filter((each) => each.start <= start && each.end >= cuts[n + 1]);
    if (!over.length) return document.createTextNode(piece);
    const inner = over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const { level, label } = inner.prediction.escalation;
    const first = !begun.has(inner.i);
    begun.add(inner.i);
    return element("a", {
      href: `#s${inner.i}`, class: `l${level}${first ? " speaks" : ""}`, title: `${named(inner)}: ${label}`,
      "data-speaker": named(inner), "data-level": whole(level),
    }, piece);
  });
}

function bar(score) {
  const at = (value) => ((value + 2) / 5) * 100;
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const draw = (name, attributes) => {
    const made = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    svg.append(made);
  };
  svg.setAttribute("viewBox", "0 0 100 10");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  draw("line", { x1: at(0), x2: at(0), y1: 0, y2: 10, class: "axis", "vector-effect": "non-scaling-stroke" });
  draw("rect", { x: Math.min(at(0), at(score)), width: Math.max(0.8, Math.abs(at(score) - at(0))), y: 2, height: 6,
    class: `f${ofLevel(score)}` });
  return svg;
}

export function speakers(statements) {
  const groups = Map.groupBy ? Map.groupBy(statements, named) : statements.reduce((found, each) =>
    found.set(named(each), [...(found.get(named(each)) ?? []), each]), new Map());
  const rows = [...groups].map(([name, given]) => {
    const scores = given.filter((each) => each.prediction.escalation).map((each) => each.prediction.escalation.score);
    return { name, actor: given[0].actor, count: scores.length, mean: scores.reduce((a, b) => a + b, 0) / scores.length };
  }).filter((row) => row.count).sort((a, b) => b.mean - a.mean);
  const scale = element("span", { class: "scale" }, ...["−2", "0", "+3"].map((end) => element("span", {}, end)));
  const head = element("tr", {}, ...["Speaker", "Number", "Mean", scale].map((name) => element("th", { scope: "col" }, name)));
  return [
    element("caption", {}, "Mean escalation level of each speaker's statements, the most escalatory first."),
    element("thead", {}, head),
    element("tbody", {}, ...rows.map((row) => element("tr", {},
      element("th", { scope: "row" }, row.actor ? `${row.name} (${row.actor})` : row.name),
      element("td", { class: "number" }, String(row.count)),
      element("td", { class: "number" }, signed(row.mean)),
      element("td", {}, bar(row.mean))))),
  ];
}

export function scores(prediction) {
  const { escalation, tone, act, stance } = prediction;
  return element("ul", { class: "scores" },
    element("li", {}, element("span", { class: `chip l${escalation.level}` },
      `${whole(escalation.level)} ${escalation.label}`)),
    element("li", {}, `expected level ${signed(escalation.score)}`),
    element("li", {}, `act: ${act.label}`),
    element("li", {}, `tone: ${tone.label} ${signed(tone.score)}`),
    stance ? element("li", {}, `toward ${stance.target}: ${stance.label} ${signed(stance.score)}`) : null,
    element("li", {}, `confidence ${percent(prediction.confidence)}`),
    prediction.abstained ? element("li", { class: "bad" }, "not sure: check this one") : null);
}

// The statement with the words that spoke for its level marked.
function marked(text, features) {
  const characters = Array.from(text);
  const strong = new Set();
  features.filter((each) => each.value > 0).slice(0, 6).forEach((each) => each.spans.forEach(([start, end]) => {
    for (let i = start; i < end; i += 1) strong.add(i);
  }));
  const paragraph = element("p");
  let run = "";
  characters.forEach((character, i) => {
    run += character;
    if (i + 1 === characters.length || strong.has(i) !== strong.has(i + 1)) {
      paragraph.append(strong.has(i) ? element("mark", {}, run) : run);
      run = "";
    }
  });
  return paragraph;
}

export function explanation(text, heads) {
  const tables = Object.entries(heads).map(([head, { label, features }]) => element("table", {},
    element("caption", {}, `${head}: ${label}`),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Words"), element("th", { scope: "col" }, "Share"))),
    element("tbody", {}, ...features.slice(0, 6).map((each) => element("tr", {},
      element("td", {}, each.feature), element("td", { class: "number" }, signed(each.value)))))));
  return [element("h4", {}, "The words that made it"), marked(text, heads.escalation.features),
    element("p", { class: "soft" }, "A share speaks for the label named above it, or, with a minus, against it."), ...tables];
}

export function csv(rows) {
  const columns = ["speaker", "actor", "quote", "escalation_level", "escalation_label", "escalation_score", "tone_label",
    "tone_score", "act_label", "quad_class", "stance_target", "stance_label", "stance_score", "confidence", "abstained", "model_version", "error"];
  const flat = rows.map(({ speaker, actor, quote, prediction: p }) => (p.escalation ? [speaker, actor, quote,
    p.escalation.level, p.escalation.label, p.escalation.score, p.tone.label, p.tone.score, p.act.label, p.act.quad_class,
    p.stance?.target, p.stance?.label, p.stance?.score, p.confidence, p.abstained, p.model_version, ""]
    : [speaker, actor, quote, ...Array(13).fill(""), p.error.detail]));
  // a leading = + - @ would be a formula to a spreadsheet
  const cell = (value) => {
    const words = String(value ?? "");
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  return [columns, ...flat].map((row) => row.map(cell).join(",")).join("\r\n");
}
