/** A field as it stands on a page: what a browser sends untouched, whether somebody types in it, whether no page may show it again. */
export type Field = { readonly name: string; readonly isTyped: boolean; readonly isSecret: boolean; readonly value: string };

/** A form as it stands on a page; `files`: where a file may be chosen. */
export type Form = {
  readonly action: string;
  readonly method: string;
  readonly fields: readonly Field[];
  readonly files: readonly string[];
};

/** The forms of a page, read from its HTML as our pages write it; a button that sends its form elsewhere makes it another. */
export function formsOf(page: string): readonly Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag = "", inside = ""]) => {
    const filled = [...inputs(inside), ...textAreas(inside), ...selects(inside)];
    const fields = [...filled, ...firstButton(inside).filter((button) => filled.every(({ name }) => name !== button.name))];
    const files = tagsOf(inside, "input").flatMap((input) => (attribute(input, "type") === "file" ? [attribute(input, "name") ?? ""] : []));
    const method = attribute(tag, "method") ?? "get";
    const sent = (to: string | null, by: string | null) => ({
      action: (to ?? "").split("#")[0] ?? "",
      method: by ?? method,
      fields,
      files,
    });
    const elsewhere = tagsOf(inside, "button").filter((button) => attribute(button, "formaction") !== null);
    return [
      sent(attribute(tag, "action"), null),
      ...elsewhere.map((button) => sent(attribute(button, "formaction"), attribute(button, "formmethod"))),
    ];
  });
}

/** What a browser sends of the first button, where it says anything. */
function firstButton(form: string): readonly Field[] {
  const button = tagsOf(form, "button").find((button) => attribute(button, "type") === "submit" && attribute(button, "form") === null);
  const name = button === undefined ? null : attribute(button, "name");
  if (button === undefined || name === null) return [];
  return [{ name, isTyped: false, isSecret: false, value: attribute(button, "value") ?? "" }];
}

function tagsOf(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, tag = ""]) => tag);
}

const NOT_TYPED = new Set(["hidden", "radio", "checkbox", "submit", "file"]);

/** Of several of one name the one that is chosen, or the first. */
function inputs(form: string): readonly Field[] {
  const fields = new Map<string, Field & { readonly isChecked: boolean }>();
  for (const [, tag = ""] of form.matchAll(/<(?:input|button)\b([^>]*)>/g)) {
    const [name, type] = [attribute(tag, "name"), attribute(tag, "type")];
    if (name === null || type === "file") continue;
    const isChecked = /\schecked\b/.test(tag);
    if (fields.get(name)?.isChecked === true || (fields.has(name) && !isChecked)) continue;
    fields.set(name, {
      name,
      isTyped: !NOT_TYPED.has(type ?? "text"),
      isSecret: type === "password" || attribute(tag, "autocomplete") === "one-time-code",
      value: attribute(tag, "value") ?? "",
      isChecked,
    });
  }
  return [...fields.values()];
}

function textAreas(form: string): readonly Field[] {
  return [...form.matchAll(/<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g)].map(([, tag = "", value = ""]) => ({
    name: attribute(tag, "name") ?? "",
    isTyped: true,
    isSecret: false,
    value: unescaped(value),
  }));
}

/** What is chosen, or the first choice; of several lists of one name each another. */
function selects(form: string): readonly Field[] {
  const taken = new Set<string>();
  return [...form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].map(([, tag = "", inside = ""]) => {
    const name = attribute(tag, "name") ?? "";
    const choices = tagsOf(inside, "option").filter((option) => attribute(option, "value") !== "");
    const isFree = (option: string) => !taken.has(`${name} ${attribute(option, "value") ?? ""}`);
    const chosen = choices.find((option) => /\sselected\b/.test(option)) ?? choices.find(isFree) ?? choices[0];
    const value = attribute(chosen ?? "", "value") ?? "";
    taken.add(`${name} ${value}`);
    return { name, isTyped: false, isSecret: false, value };
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found === null ? null : unescaped(found[1] ?? "");
}

export function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
