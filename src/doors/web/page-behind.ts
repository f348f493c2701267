import { ACCESS } from "./access.ts";

/** Pages that can be opened by their address, as patterns; those that lead elsewhere are no place to come back to. */
const PAGES = patternsOf("GET").filter((page) => !page.test("/language") && !page.test("/view"));
const FORMS = patternsOf("POST");

/** The nearest page at or above an address: an address that only takes forms has none of its own. */
export function pageBehind(path: string): string {
  if (PAGES.some((page) => page.test(path))) return path;
  const above = path.slice(0, path.lastIndexOf("/"));
  return above === "" ? "/" : pageBehind(above);
}

/** Whether an address takes forms and is no page: whoever opens it finds nothing. */
export function takesFormsOnly(path: string): boolean {
  return FORMS.some((form) => form.test(path)) && !PAGES.some((page) => page.test(path));
}

function patternsOf(method: string): readonly RegExp[] {
  return Object.keys(ACCESS).flatMap((route) => {
    const [of, path = ""] = route.split(" ");
    return of === method ? [new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/:\w+/g, "[^/]+")}$`)] : [];
  });
}
