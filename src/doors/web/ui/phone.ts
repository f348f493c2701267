import type { Directory } from "#publication/directory";
import { html, type Html } from "#doors/web/html";
import type { Visit } from "#doors/web/visit";

/** The town's telephone in the masthead, for thumbs; nothing where the town said none. */
export function phoneLink(visit: Visit, { town }: Pick<Directory, "town">): Html {
  if (town.phone === "") return html``;
  return html`<a class="masthead-phone" href="${dialled(town.phone)}">
    <span class="visually-hidden">${visit.words.publicSide.phone}</span> ${town.phone}
  </a>`;
}

/** That one may call instead, and when somebody answers; nothing where the town said no number. */
export function phoneLine(visit: Visit, { town }: Pick<Directory, "town">): Html {
  if (town.phone === "") return html``;
  const hours = town.hours === "" ? "" : html` <span class="hint" ${inChinese(visit)}>${town.hours}</span>`;
  return html`<p class="phone-line">
    ${visit.words.publicSide.orCall} <a href="${dialled(town.phone)}">${town.phone}</a>${hours}
  </p>`;
}

/** What the town says of itself at the foot of each page, a piece each; nothing where it said nothing. */
export function townLine(visit: Visit, { town }: Pick<Directory, "town">): Html {
  const words = visit.words.publicSide;
  const said = [
    ...[
      [words.responsible, town.responsible],
      [words.address, town.address],
      [words.hours, town.hours],
    ].flatMap(([label, text]) => (text === "" ? [] : [html`<span>${label} <bdi ${inChinese(visit)}>${text}</bdi></span>`])),
    ...(town.phone === "" ? [] : [html`<a href="${dialled(town.phone)}">${words.phone} ${town.phone}</a>`]),
    ...(town.icpRecord === "" ? [] : [recordLink(visit, "https://beian.miit.gov.cn/", town.icpRecord)]),
    ...(town.policeRecord === "" ? [] : [recordLink(visit, "https://beian.mps.gov.cn/", town.policeRecord)]),
  ];
  return said.length === 0 ? html`` : html`<div class="container-xl foot-town">${said}</div>`;
}

/** A record number leads to whom it is on record with, as the rules on record numbers ask (《非经营性互联网信息服务备案管理办法》第十三条). */
function recordLink(visit: Visit, href: string, number: string): Html {
  return html`<a href="${href}" rel="noreferrer" ${inChinese(visit)}>${number}</a>`;
}

/** What the town wrote stands as it was written, in Chinese. */
function inChinese(visit: Visit): Html {
  return visit.lang === "en" ? html`lang="zh-CN"` : html``;
}

function dialled(phone: string): string {
  return `tel:${phone.replaceAll(/[^\d+]/g, "")}`;
}
