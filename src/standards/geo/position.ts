/** Degrees on WGS 84 (EPSG:4326), as satellites and photos give them; not the shifted GCJ-02 of Chinese web maps. */
export type Position = { readonly lon: number; readonly lat: number };

/** Mean radius of the Earth, IUGG. */
const EARTH_RADIUS_M = 6_371_008.8;

export function isPosition(lon: number, lat: number): boolean {
  return Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}

/** Metres along the great circle (haversine): within 0.6 % of the ellipsoid, ample for "nearby". */
export function metresBetween(a: Position, b: Position): number {
  const [fromLat, toLat] = [radians(a.lat), radians(b.lat)];
  const lat = Math.sin((toLat - fromLat) / 2);
  const lon = Math.sin(radians(b.lon - a.lon) / 2);
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.hypot(lat, lon * Math.sqrt(Math.cos(fromLat) * Math.cos(toLat)))));
}

/** A box that contains every point within `metres`: for the index, before the distance itself decides. Not across the 180th meridian. */
export function boxAround(
  { lon, lat }: Position,
  metres: number,
): { readonly west: number; readonly east: number; readonly south: number; readonly north: number } {
  const up = degrees(metres / EARTH_RADIUS_M);
  const parallel = Math.max(Math.cos(radians(Math.min(89, Math.abs(lat) + up))), 1e-6);
  const across = up / parallel;
  return { west: lon - across, east: lon + across, south: lat - up, north: lat + up };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
