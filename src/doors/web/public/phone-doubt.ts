import { phoneDoubt } from "#vault/phone-doubt";
import { html, type Html } from "#doors/web/html";
import type { Faults, Typed } from "#doors/web/ui/field";
import type { Visit } from "#doors/web/visit";

/** A number that is perhaps mistyped is asked about once, beside its field; who says that it is right is believed. */
export function doubtsOf(visit: Visit, phone: string, typed: Typed): Faults {
  const doubt = phoneDoubt(phone);
  return doubt === null || typed["sure"] === phone ? {} : { phone: visit.words.report.contact.doubts[doubt.says](doubt.digits) };
}

/** The way to say so; nothing where the number as it came is not doubted. */
export function sureOfPhone(visit: Visit, phone: string): Html {
  if (phoneDoubt(phone) === null) return html``;
  return html`<p>
    <button class="btn" type="submit" name="sure" value="${phone}">${visit.words.report.contact.takeIt(phone)}</button>
  </p>`;
}
