// Draws /openapi.json: each call with a curl line, its body and a real answer.
import { element } from "./view.js";

const pretty = (value) => JSON.stringify(value, null, 1);
const code = (words) => element("pre", { tabindex: "0" }, element("code", {}, words));

function exampleOf(content, schemas) {
  if (content.example) return content.example;
  const name = content.schema?.$ref?.split("/").at(-1);
  return schemas[name]?.examples?.[0];
}

function curlOf(method, path, type, body) {
  const words = ["curl", `${location.origin}${path}`];
  if (method === "post") words.push(`-H 'Content-Type: ${type}'`, `-d '${typeof body === "string" ? body.trim() : JSON.stringify(body)}'`);
  return words.join(" ");
}

function drawn(path, method, operation, schemas) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [null, {}];
  const body = exampleOf(content, schemas);
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1];
  const answer = Object.values(success?.content ?? {})[0]?.example;
  const errors = Object.entries(operation.responses).filter(([status]) => !status.startsWith("2"));
  return element("section", { class: "panel" },
    element("h2", {}, `${method.toUpperCase()} ${path}`),
    ...operation.description.split("\n\n").map((words) => element("p", {}, words.replaceAll("`", ""))),
    code(curlOf(method, path, type, body)),
    answer ? element("details", {}, element("summary", {}, "Its answer"), code(pretty(answer))) : null,
    errors.length ? element("details", {}, element("summary", {}, "Errors (application/problem+json)"),
      element("ul", {}, ...errors.map(([status, { description }]) => element("li", {}, `${status}: ${description}`)))) : null);
}

async function main() {
  const place = document.getElementById("calls");
  try {
    const { paths, components } = await (await fetch("/openapi.json")).json();
    place.replaceChildren(...Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations)
      .map(([method, operation]) => drawn(path, method, operation, components.schemas))));
  } catch {
    place.replaceChildren(element("p", { class: "bad", role: "alert" }, "The document cannot be read; is the service running?"));
  }
  place.removeAttribute("aria-busy");
}

main();
