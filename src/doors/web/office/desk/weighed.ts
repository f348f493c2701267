import type { Camera } from "#evidence/exif";
import { findCameras } from "#evidence/queries";
import { findPosition } from "#ledger/queries";
import type { ProblemDesk } from "#office/desk";
import { hasDuty, type Officer } from "#people/officer";
import { metresBetween, type Position } from "#standards/geo/position";
import { whyNotIndependent } from "#verification/gate";
import { html, type Html } from "#doors/web/html";
import { instantWords } from "#doors/web/ui/day";
import type { Visit } from "#doors/web/visit";

/** What a verifier weighs photos by: what cameras wrote down, by file, and where the problem is. */
export type Weighed = { readonly cameras: ReadonlyMap<string, Camera>; readonly position: Position | null };

/** When and where a photo was taken is for whoever verifies, and for nobody involved in the problem: null for everybody else. */
export async function findWeighed({ town }: Visit, officer: Officer, { evidence, standing }: ProblemDesk): Promise<Weighed | null> {
  if (!hasDuty(officer, "verifier") || whyNotIndependent(standing, officer) !== null) return null;
  const hashes = evidence.map(({ sha256 }) => sha256);
  return { cameras: await findCameras(town, hashes), position: await findPosition(town, standing.problem.id) };
}

/** When, and how far from the problem, the camera took it. */
export function cameraWords(visit: Visit, weighed: Weighed | null, sha256: string): Html {
  const camera = weighed?.cameras.get(sha256);
  if (weighed === null || camera === undefined) return html``;
  const words = visit.words.desk.camera;
  const { takenAt, position } = camera;
  const near = position !== null && weighed.position !== null ? Math.round(metresBetween(position, weighed.position) / 10) * 10 : null;
  return html`<span class="hint">
    ${takenAt === null ? words.noTime : html`${words.taken} ${instantWords(visit, takenAt)}`}<br>
    ${near === null ? words.noPlace : words.away(near)}
  </span>`;
}
