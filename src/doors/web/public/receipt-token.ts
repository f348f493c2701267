import { z } from "zod";
import { FIRST_ISSUE } from "#intake/receipt-code";
import { isId } from "#platform/ids";
import { HOUR_MS } from "#platform/instant";
import type { Town } from "#platform/town";
import { sealToken, unsealToken } from "./sealed-token.ts";

const id = z.string().refine(isId);
/** `issue`: of which issue of the receipt the page is; when it is made anew, the page of the one before is over. */
const ReportReceipt = z.object({ report: id, folded: z.boolean(), issue: z.number().default(FIRST_ISSUE) });
export type ReportReceipt = z.infer<typeof ReportReceipt>;
const Receipt = z.union([ReportReceipt, z.object({ slip: id })]);
type Receipt = z.infer<typeof Receipt>;

/** The address of a receipt's page: good for an hour, and without the code, which must not stand in histories and logs. */
export function receiptPath(town: Town, at: Date, receipt: z.input<typeof Receipt>): string {
  return `/receipt/${sealToken(town, "receipt", new Date(at.getTime() + HOUR_MS), JSON.stringify(receipt))}`;
}

/** Whose receipt it is; null when the token is forged or its hour is over. */
export function receiptOf(town: Town, at: Date, token: string): Receipt | null {
  const says = unsealToken(town, "receipt", at, token);
  return says === null ? null : Receipt.parse(JSON.parse(says));
}
