/* One door: what came of it, the questions that follow from each other, a pledge. Saves nothing itself. */
import { follow } from "./canvass-script.js";

export function startForm(root, words, save) {
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  const dialog = part("visit");
  const forms = [part("outcomes"), part("talk")];
  const problem = part("visit-problem");
  let current = null;

  for (const form of forms) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const record = read(form, event.submitter?.value ?? "answered");
      const incomplete = record.pledge && isIncomplete(form);
      problem.hidden = !incomplete;
      problem.textContent = incomplete ? words.pledge_incomplete : "";
      if (incomplete) return problem.scrollIntoView({ block: "center" });
      // A second tap before the sheet closes is the same record.
      current.id ??= crypto.randomUUID();
      await save({ ...record, id: current.id, door: current.door });
      dialog.close();
    });
  }
  forms[1].addEventListener("change", () => follow(forms[1]));
  part("close").addEventListener("click", () => dialog.close());

  /* `record`: one that was refused and is to be corrected, under the same id. */
  return function show({ door, line, status, mine, record = null }) {
    current = { door, id: record?.id };
    problem.hidden = !record;
    problem.textContent = record?.reason ?? "";
    for (const form of forms) {
      form.reset();
      const box = form.querySelector("[name=corrects]");
      box.value = mine;
      box.closest("label").hidden = !mine;
    }
    if (record?.fields) fill(forms[1], record.fields);
    follow(forms[1]);
    part("visit-line").textContent = line;
    part("visit-status").textContent = status;
    dialog.showModal();
    dialog.scrollTop = 0;
  };
}

function read(form, outcome) {
  const fields = [...new FormData(form)].filter(([name]) => isKept(form, name));
  const version = Number(form.elements.version?.value) || null;
  const pledge = {};
  for (const [name, value] of fields) {
    if (!name.startsWith("pledge-") || !value) continue;
    (pledge[name.slice("pledge-".length)] ??= []).push(value);
  }
  const isPledge = [...form.querySelectorAll("[data-pledge] [data-begins]")].some(({ value }) => value.trim());
  return {
    outcome,
    at: new Date().toISOString(),
    answers: fields.filter(([name, value]) => name.startsWith("question-") && value).map((pair) => answer(form, pair)),
    note: form.elements.note?.value.trim() ?? "",
    version,
    corrects: form.elements.corrects?.checked ? form.elements.corrects.value : "",
    pledge: isPledge ? pledge : null,
    fields: fields.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "corrects"),
  };
}

/* Answers on a branch that was left are not answers. */
function isKept(form, name) {
  if (!name.startsWith("question-")) return true;
  return !form.querySelector(`[data-question="${name.slice("question-".length)}"]`)?.hidden;
}

function answer(form, [name, value]) {
  const question = name.slice("question-".length);
  const isText = form.querySelector(`[data-question="${question}"]`).dataset.kind === "text";
  return isText ? { question, text: value } : { question, option: value };
}

function isIncomplete(form) {
  return [...form.querySelectorAll("[data-pledge] [data-needed]")].some((field) =>
    field.type === "checkbox" ? !field.checked : !field.value.trim(),
  );
}

function fill(form, fields) {
  for (const [name, value] of fields) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  const pledge = form.querySelector("details[data-pledge]");
  if (pledge) pledge.open = fields.some(([name, value]) => name.startsWith("pledge-") && value);
}
