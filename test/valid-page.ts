import assert from "node:assert/strict";
import { HtmlValidate, StaticConfigLoader, type ConfigData } from "html-validate";

/** Put together once: the library would do it anew for every page, which took a quarter of the time of looking at one. */
class OurRules extends StaticConfigLoader {
  readonly #resolved = super.getConfigFor("inline");

  override getConfigFor() {
    return this.#resolved;
  }
}

const RULES = {
  extends: ["html-validate:recommended"],
  rules: {
    // Styles of writing that are ours, not faults: `<!doctype html>`, `selected` and void elements as HTML writes them.
    "doctype-style": "off",
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "no-trailing-whitespace": "off",
    "long-title": "off",
    // A telephone number or a receipt code may break across lines.
    "tel-non-breaking": "off",
    // Several values of one name are a list: ticked photos, two leaders.
    "form-dup-name": "off",
    // Elements of our own are defined in src/doors/web/browser.
    "no-unknown-elements": "off",
  },
} satisfies ConfigData;

const validator = new HtmlValidate(new OurRules(RULES));

/** The page is valid HTML: what a browser would have to guess at is a fault of ours. */
export async function assertValid(page: string, where: string): Promise<void> {
  const report = await validator.validateString(page);
  const complaints = report.results.flatMap((result) =>
    result.messages.map((message) => `${where} ${message.line}:${message.column} ${message.ruleId} ${message.message}`),
  );
  assert.deepEqual(complaints, []);
}
