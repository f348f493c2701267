import type { Lang } from "./house.ts";

/** What can be wrong with a request, as the `type` of a problem document. */
export type Trouble =
  | "malformed"
  | "not-found"
  | "method"
  | "refused"
  | "too-large"
  | "media-type"
  | "slow"
  | "fields"
  | "too-many"
  | "busy"
  | "fault"
  | "away"
  | "key-reused"
  | "no-town";

type Words = {
  readonly troubles: Readonly<Record<Trouble, { readonly title: string; readonly detail: string }>>;
  readonly fields: { readonly "field/unknown": string; readonly "field/wrong-kind": string };
};

export const apiWords: Readonly<Record<Lang, Words>> = {
  en: {
    troubles: {
      malformed: { title: "The request can't be read", detail: "The body must be one JSON object in UTF-8." },
      "not-found": { title: "Not found", detail: "There is nothing at this address. The addresses are listed at /api." },
      method: { title: "Method not allowed", detail: "The Allow header names the methods of this address." },
      refused: { title: "The town says no", detail: "A rule refuses this." },
      "too-large": {
        title: "Too large",
        detail: "A request body may have at most 64 KB and 100 members, its address at most 8 KB.",
      },
      "media-type": { title: "Unsupported media type", detail: "Send the body as application/json." },
      slow: { title: "The body came too slowly", detail: "Nothing was written. Send it again over a faster connection." },
      fields: { title: "Some fields are not right", detail: "Each is named in errors." },
      "too-many": { title: "Too many requests", detail: "Try again after the seconds in Retry-After." },
      away: {
        title: "The database cannot be asked right now",
        detail: "Try again after the seconds in Retry-After; with an Idempotency-Key nothing is done twice.",
      },
      busy: { title: "Many requests are under way", detail: "Try again after the seconds in Retry-After." },
      fault: { title: "Something went wrong on our side", detail: "Nothing was written. If you ask for help, quote the instance." },
      "key-reused": {
        title: "The key was used for something else",
        detail: "An Idempotency-Key stands for one request body; make a new key for a new report.",
      },
      "no-town": { title: "No town yet", detail: "This program has not been set up." },
    },
    fields: { "field/unknown": "There is no field of this name", "field/wrong-kind": "A value of another kind is expected" },
  },
  zh: {
    troubles: {
      malformed: { title: "无法读懂这次请求", detail: "请求正文应为一个 UTF-8 编码的 JSON 对象。" },
      "not-found": { title: "没有找到", detail: "这个地址没有内容。全部地址见 /api。" },
      method: { title: "不支持这种方法", detail: "Allow 头列出了这个地址支持的方法。" },
      refused: { title: "按规定不能这样做", detail: "有一条规定不允许这样做。" },
      "too-large": { title: "内容太大", detail: "请求正文不能超过 64 KB、100 项，地址不能超过 8 KB。" },
      "media-type": { title: "不支持的内容类型", detail: "请以 application/json 发送正文。" },
      slow: { title: "请求正文来得太慢", detail: "没有写入任何内容。请换一个快些的网络再发送。" },
      fields: { title: "有些内容需要修改", detail: "逐项列在 errors 中。" },
      "too-many": { title: "请求太频繁", detail: "请在 Retry-After 所列秒数后再试。" },
      away: {
        title: "数据库暂时连不上",
        detail: "请在 Retry-After 所列秒数后再试；带 Idempotency-Key 的请求不会重复办理。",
      },
      busy: { title: "请求太多", detail: "请在 Retry-After 所列秒数后再试。" },
      fault: { title: "系统出了点问题", detail: "没有写入任何内容。如需求助，请报出 instance。" },
      "key-reused": { title: "这个键已用于别的请求", detail: "一个 Idempotency-Key 只对应一份正文；新的来件请用新的键。" },
      "no-town": { title: "还没有乡镇", detail: "本系统尚未完成初始设置。" },
    },
    fields: { "field/unknown": "没有这个名称的字段", "field/wrong-kind": "应填写另一种类型的值" },
  },
};
