import type { Directory, VillageNamed } from "#publication/directory";
import { metresBetween, type Position } from "#standards/geo/position";
import { nameOf, type Visit } from "#doors/web/visit";

/** Farther from every village than this, a place is said in degrees. */
const NEAR_M = 5000;

/** Where a position is, as people say it: near which village, and how far. In degrees where no village of the town is near. */
export function positionWords(visit: Visit, names: Directory, at: Position): string {
  const near = nearestVillage(names, at);
  const words = visit.words.report.position;
  // Four decimals are ten metres: enough to see that it is the right place.
  return near === null ? words.degrees(at.lat.toFixed(4), at.lon.toFixed(4)) : words.near(nameOf(visit, near.village), near.metres);
}

/** The village that a position lies nearest to, in steps of ten metres; null when none is near. */
export function nearestVillage(names: Directory, at: Position): { readonly village: VillageNamed; readonly metres: number } | null {
  let nearest: { readonly village: VillageNamed; readonly metres: number } | null = null;
  for (const village of names.villages.values()) {
    const { lon, lat, retired } = village;
    if (lon === null || lat === null || retired) continue;
    const metres = Math.round(metresBetween(at, { lon, lat }) / 10) * 10;
    if (metres <= NEAR_M && metres < (nearest?.metres ?? Number.POSITIVE_INFINITY)) nearest = { village, metres };
  }
  return nearest;
}

/** A position as a form or a draft holds it; null when there is none, or half of one. */
export function positionIn({ lon = "", lat = "" }: { readonly [name: string]: string | undefined }): Position | null {
  const position = { lon: Number(lon), lat: Number(lat) };
  return lon === "" || lat === "" || !Number.isFinite(position.lon) || !Number.isFinite(position.lat) ? null : position;
}
