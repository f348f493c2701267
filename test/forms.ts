/** A field as it stands on a page: what a browser sends when nobody touches it, whether somebody types in it, and whether unseen. */
export type Field = { readonly name: string; readonly isTyped: boolean; readonly isSecret: boolean; readonly value: string };

/** A form as it stands on a page. */
export type Form = { readonly action: string; readonly method: string; readonly fields: readonly Field[] };

/** The forms of a page, read from its HTML as our pages write it. */
export function formsOf(page: string): readonly Form[] {
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = "", inside = ""]) => ({
    action: (attribute(tag, "action") ?? "").split("#")[0] ?? "",
    method: attribute(tag, "method") ?? "get",
    fields: [...inputs(inside), ...textAreas(inside), ...selects(inside)],
  }));
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
      isSecret: type === "password",
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

function selects(form: string): readonly Field[] {
  return [...form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].map(([, tag = "", inside = ""]) => {
    const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option = ""]) => option);
    const choices = options.filter((option) => attribute(option, "value") !== "");
    const chosen = choices.find((option) => /\sselected\b/.test(option)) ?? choices[0];
    return { name: attribute(tag, "name") ?? "", isTyped: false, isSecret: false, value: attribute(chosen ?? "", "value") ?? "" };
  });
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found === null ? null : unescaped(found[1] ?? "");
}

export function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
