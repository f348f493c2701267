/**
 * Flat pictures of a made-up town, drawn on paper colours: what was wrong, and the same place put right.
 * Nothing in them is a photo of anybody or anywhere.
 */
const PLACES = ["street", "river", "window", "board", "lamp", "road", "market", "school", "power", "ditch", "creek", "toilet"] as const;
type Place = (typeof PLACES)[number];
/** A place, or another one that looks like it from the other side. */
export type Scene = Place | `${Place}-mirrored`;
export type Moment = "before" | "during" | "after";

const WIDTH = 1200;
const HEIGHT = 900;
const INK = "#3b4450";
const PALE = "#f4efe4";

/** The SVG of a scene at a moment. */
export function drawScene(scene: Scene, moment: Moment): string {
  const place = PLACES.find((place) => scene === place || scene === `${place}-mirrored`) ?? "street";
  const body = `${DRAW[place](moment === "after")}${moment === "during" ? works() : ""}`;
  const turned = scene === place ? body : `<g transform="translate(${WIDTH} 0) scale(-1 1)">${body}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 ${WIDTH} ${HEIGHT}">${turned}</svg>`;
}

const DRAW: Record<Place, (after: boolean) => string> = {
  street: (after) =>
    `${outside(after)}${houses(after)}${bin(260, 640)}${after ? `${bin(360, 640)}${tree(880, 660)}` : `${heap(470, 700, 7)}${heap(720, 740, 5)}${flies(520, 560)}`}`,
  river: (after) =>
    `${outside(after)}${water(470, after ? "#8fb6b4" : "#8c8f6c")}${after ? `${reeds(150)}${reeds(930)}${post(620)}` : `${pipe(780, 430)}${foam()}`}`,
  creek: (after) =>
    `${outside(after)}${water(520, after ? "#97bcb0" : "#9aa37e")}${after ? reeds(260) : `${floating(240)}${floating(560)}${floating(860)}`}`,
  window: (after) =>
    `${room()}${counter()}${after ? `${clerk(420)}${clerk(780)}${sign(560, "#2c7a57")}` : `${sign(560, "#b3261e")}${queue()}`}`,
  board: (after) => `${outside(true)}${noticeBoard(after)}${tree(140, 690)}${after ? reader(820) : ""}`,
  lamp: (after) => `${night(after)}${streetLamp(330, after)}${streetLamp(640, after)}${streetLamp(950, after)}${after ? walker(520) : ""}`,
  road: (after) =>
    `${outside(after)}${roadway()}${after ? `${lane()}${truck(640)}` : `${hole(360, 730, 110)}${hole(640, 800, 150)}${hole(820, 700, 80)}`}`,
  market: (after) => `${outside(after)}${stall(160)}${stall(520)}${stall(880)}${after ? hoods() : smoke()}`,
  school: (after) =>
    `${outside(after)}${schoolGate()}${roadway()}${after ? `${zebra()}${walker(560)}${walker(660)}` : `${car(140)}${car(430)}${car(720)}${car(960)}`}`,
  power: (after) => `${outside(after)}${factory(after)}${pylon(200)}${after ? `${pylon(560)}${wires()}` : ""}`,
  ditch: (after) => `${outside(after)}${fields()}${after ? channel("#8fb6c0", "#b9b3a4") : channel("#8a7c5e", "#7c8a55")}`,
  toilet: (after) => `${outside(after)}${hut(after)}${after ? tree(880, 680) : puddle()}`,
};

function rect(x: number, y: number, width: number, height: number, fill: string, round = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}"/>`;
}

function circle(x: number, y: number, r: number, fill: string, opacity = 1): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" opacity="${opacity}"/>`;
}

function path(d: string, fill: string, stroke = "none", width = 0): string {
  return `<path d="${d}" fill="${fill}" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`;
}

function outside(after: boolean): string {
  const sky = after ? "#dfe7e2" : "#ded8cb";
  const hills =
    path("M0 430 Q200 300 420 410 T820 380 T1200 420 V900 H0Z", after ? "#b9c7b2" : "#b8b29c") +
    path("M0 520 Q300 420 640 500 T1200 480 V900 H0Z", after ? "#a3b698" : "#a59f86");
  return `${rect(0, 0, WIDTH, HEIGHT, sky)}${circle(980, 170, 70, after ? "#f0dfae" : "#e6dcc0")}${hills}${rect(0, 600, WIDTH, 300, after ? "#d9d3c2" : "#cbc2ad")}`;
}

function night(after: boolean): string {
  const hills = path("M0 470 Q300 360 640 450 T1200 420 V900 H0Z", after ? "#3f4a55" : "#2c343d");
  return `${rect(0, 0, WIDTH, HEIGHT, after ? "#4a5765" : "#333c47")}${circle(1010, 150, 50, "#d9d2ba", 0.8)}${hills}${rect(0, 640, WIDTH, 260, after ? "#6f6a5c" : "#3d3c38")}`;
}

function room(): string {
  return `${rect(0, 0, WIDTH, HEIGHT, "#ece5d6")}${rect(0, 700, WIDTH, 200, "#cdbfa6")}${rect(80, 90, 1040, 90, "#d8cdb8", 8)}`;
}

function houses(after: boolean): string {
  const wall = after ? "#f1ead9" : "#ded3bd";
  const house = (x: number, w: number, h: number, roof: string) =>
    `${rect(x, 620 - h, w, h, wall)}${path(`M${x - 16} ${620 - h} L${x + w / 2} ${540 - h} L${x + w + 16} ${620 - h}Z`, roof)}${rect(x + w / 2 - 24, 530, 48, 90, "#8a6f56")}${rect(x + 24, 650 - h, 46, 46, "#b8c4c6")}${rect(x + w - 70, 650 - h, 46, 46, "#b8c4c6")}`;
  return `${house(90, 240, 200, "#7d6a5a")}${house(420, 300, 240, "#6f7a78")}${house(810, 270, 190, "#8a6a5c")}`;
}

function bin(x: number, y: number): string {
  return `${rect(x, y, 76, 110, "#4f7a63", 8)}${rect(x - 8, y - 16, 92, 22, "#3d6350", 8)}`;
}

function heap(x: number, y: number, count: number): string {
  const bags = ["#8d8577", "#6f6a62", "#a39a86", "#5d6066", "#b0a58d"];
  return Array.from({ length: count }, (_, i) =>
    circle(x + i * 36 - (i % 3) * 14, y - (i % 2) * 30, 36 + (i % 3) * 8, bags[i % bags.length] ?? INK),
  ).join("");
}

function flies(x: number, y: number): string {
  return Array.from({ length: 9 }, (_, i) => circle(x + ((i * 67) % 260), y + ((i * 41) % 90), 4, INK)).join("");
}

function tree(x: number, y: number): string {
  return `${rect(x - 10, y - 120, 20, 130, "#7d6650")}${circle(x, y - 180, 80, "#7f9c76")}${circle(x - 54, y - 130, 56, "#8fa985")}${circle(x + 54, y - 134, 58, "#86a27c")}`;
}

function water(y: number, fill: string): string {
  const ripple = (dy: number) =>
    path(`M0 ${y + dy} q60 -16 120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0 t120 0`, "none", PALE, 3);
  return `${path(`M0 ${y} Q400 ${y - 50} 760 ${y - 10} T1200 ${y - 20} V900 H0Z`, fill)}<g opacity="0.5">${ripple(110)}${ripple(210)}${ripple(310)}</g>`;
}

function reeds(x: number): string {
  return Array.from({ length: 7 }, (_, i) =>
    path(`M${x + i * 20} 760 q${i % 2 === 0 ? 14 : -12} -90 ${i % 2 === 0 ? 4 : -4} -170`, "none", "#6d8a62", 7),
  ).join("");
}

function pipe(x: number, y: number): string {
  return `${rect(x, y, 260, 74, "#8d8577", 10)}${circle(x, y + 37, 40, "#5d5a52")}${path(`M${x - 10} ${y + 50} q-90 40 -110 200 q-6 80 60 90 q60 -130 90 -240Z`, "#6b6a45")}`;
}

function foam(): string {
  return Array.from({ length: 12 }, (_, i) => circle(120 + i * 58, 690 + ((i * 53) % 120), 18 + (i % 4) * 7, "#d8d4bb", 0.85)).join("");
}

function floating(x: number): string {
  return `${rect(x, 690, 90, 30, "#c8bda4", 8)}${circle(x + 110, 730, 26, "#a89d86")}${rect(x + 40, 760, 60, 24, "#8fa0a0", 10)}`;
}

function post(x: number): string {
  return `${rect(x, 330, 16, 260, "#7a8288")}${rect(x - 60, 290, 136, 90, "#f1ead9", 6)}${rect(x - 44, 310, 104, 12, "#2c7a57")}${rect(x - 44, 334, 74, 12, "#9aa5a8")}`;
}

function counter(): string {
  return `${rect(120, 520, 960, 60, "#9c7f61", 6)}${rect(150, 580, 900, 150, "#b59a7b")}${[330, 570, 810].map((x) => rect(x, 250, 200, 270, "#cfd9da", 6)).join("")}`;
}

function person(x: number, y: number, coat: string): string {
  return `${circle(x, y, 44, "#dcb998")}${path(`M${x - 70} ${y + 190} q0 -130 70 -130 t70 130Z`, coat)}`;
}

function clerk(x: number): string {
  return person(x, 340, "#4a6078");
}

function queue(): string {
  return [220, 360, 500, 640].map((x, i) => person(x, 620, i % 2 === 0 ? "#8a5a4e" : "#6d7a62")).join("");
}

function sign(x: number, fill: string): string {
  return `${rect(x, 108, 120, 54, fill, 6)}${rect(x + 24, 130, 72, 10, PALE)}`;
}

function noticeBoard(after: boolean): string {
  const sheet = (x: number, y: number, fill: string) =>
    `${rect(x, y, 150, 190, fill)}${[30, 60, 90, 120].map((dy) => rect(x + 20, y + dy, 110 - (dy % 60), 8, after ? "#9aa5a8" : "#cbbf9f")).join("")}`;
  const sheets = after
    ? [300, 480, 660].map((x) => sheet(x, 290, "#fbf8f1")).join("")
    : `${sheet(330, 300, "#d9c893")}${path("M640 300 l130 20 l-20 130 l-120 -30Z", "#cdbb86")}`;
  return `${rect(240, 700, 24, 120, "#7d6650")}${rect(860, 700, 24, 120, "#7d6650")}${rect(220, 240, 690, 470, "#8a6f56", 10)}${rect(250, 270, 630, 410, after ? "#dfe4dc" : "#c9c1ad")}${sheets}`;
}

function reader(x: number): string {
  return person(x, 590, "#5b6f64");
}

function streetLamp(x: number, lit: boolean): string {
  const glow = lit ? path(`M${x + 78} 300 L${x - 60} 800 H${x + 240}Z`, "#f0dfae").replace("/>", ' opacity="0.35"/>') : "";
  return `${glow}${rect(x, 280, 16, 480, "#20262d")}${path(`M${x + 8} 286 q10 -40 70 -30`, "none", "#20262d", 12)}${rect(x + 54, 256, 56, 26, lit ? "#fbeeb8" : "#5a5f66", 8)}`;
}

function walker(x: number): string {
  return `${circle(x, 620, 24, "#dcb998")}${rect(x - 22, 646, 44, 80, "#8a5a4e", 16)}${rect(x - 18, 720, 14, 60, INK)}${rect(x + 4, 720, 14, 60, INK)}`;
}

function roadway(): string {
  return rect(0, 650, WIDTH, 250, "#8f8c86");
}

function lane(): string {
  return [60, 300, 540, 780, 1020].map((x) => rect(x, 766, 130, 14, PALE)).join("");
}

function hole(x: number, y: number, r: number): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r / 3}" fill="#5f5a52"/><ellipse cx="${x}" cy="${y + 8}" rx="${r * 0.72}" ry="${r / 5}" fill="#8a8f8c"/>`;
}

function truck(x: number): string {
  return `${rect(x, 560, 260, 130, "#b98b5a", 6)}${rect(x + 264, 600, 90, 90, "#4a6078", 8)}${circle(x + 60, 700, 34, INK)}${circle(x + 300, 700, 34, INK)}`;
}

function stall(x: number): string {
  return `${rect(x, 420, 12, 260, "#7d6650")}${rect(x + 190, 420, 12, 260, "#7d6650")}${rect(x - 10, 560, 222, 110, "#b59a7b")}${path(`M${x - 30} 430 L${x + 10} 350 H${x + 192} L${x + 232} 430Z`, "#a8574c")}`;
}

function smoke(): string {
  return [
    [240, 330, 70],
    [320, 240, 90],
    [600, 320, 80],
    [690, 220, 100],
    [960, 330, 76],
    [1030, 240, 88],
    [470, 170, 90],
  ]
    .map(([x = 0, y = 0, r = 0]) => circle(x, y, r, "#8f8a80", 0.55))
    .join("");
}

function hoods(): string {
  return [160, 520, 880]
    .map((x) => `${path(`M${x + 50} 350 L${x + 80} 280 H${x + 122} L${x + 152} 350Z`, "#9aa5a8")}${rect(x + 90, 180, 22, 104, "#9aa5a8")}`)
    .join("");
}

function schoolGate(): string {
  return `${rect(330, 300, 540, 330, "#e8dcc4")}${rect(300, 260, 600, 56, "#a8574c", 6)}${[380, 520, 660, 770].map((x) => rect(x, 370, 64, 90, "#b8c4c6")).join("")}${rect(560, 500, 90, 130, "#7d6650")}`;
}

function zebra(): string {
  return [440, 500, 560, 620, 680].map((x) => rect(x, 660, 34, 230, PALE)).join("");
}

function car(x: number): string {
  return `${rect(x, 690, 200, 70, x % 3 === 0 ? "#6f7a88" : "#8a6a5c", 18)}${rect(x + 44, 640, 110, 60, "#aab6ba", 18)}${circle(x + 46, 764, 26, INK)}${circle(x + 154, 764, 26, INK)}`;
}

function factory(after: boolean): string {
  return `${rect(680, 400, 400, 230, "#cfc6b4")}${path("M680 400 l100 -80 v80 l100 -80 v80 l100 -80 v80 l100 -80 v80Z", "#8f8c86")}${[720, 820, 920, 1010].map((x) => rect(x, 470, 56, 70, after ? "#f0dfae" : "#7b7f84")).join("")}`;
}

function pylon(x: number): string {
  return path(
    `M${x - 60} 700 L${x} 240 L${x + 60} 700 M${x - 50} 620 L${x + 40} 540 M${x + 50} 620 L${x - 40} 540 M${x - 90} 300 H${x + 90} M${x - 70} 370 H${x + 70}`,
    "none",
    "#5d6670",
    8,
  );
}

function wires(): string {
  return path("M290 300 Q420 360 470 300 M110 300 Q50 330 0 310 M650 300 Q760 360 900 330", "none", "#5d6670", 4);
}

function fields(): string {
  return [0, 1, 2, 3, 4]
    .map((i) => path(`M${i * 260 - 60} 900 L${i * 170 + 200} 600 h90 L${i * 260 + 90} 900Z`, i % 2 === 0 ? "#a9b27c" : "#bcbd88"))
    .join("");
}

function channel(water: string, bank: string): string {
  return `${path("M420 900 L560 590 H680 L860 900Z", bank)}${path("M490 900 L590 590 H650 L780 900Z", water)}`;
}

function hut(after: boolean): string {
  return `${rect(330, 380, 480, 280, after ? "#f1ead9" : "#c9bfa9")}${path("M300 390 L570 280 L840 390Z", "#7d6a5a")}${rect(410, 480, 100, 180, "#6f8a96")}${rect(630, 480, 100, 180, "#96706f")}${after ? "" : path("M360 420 l60 90 l-30 70 M760 400 l-40 100", "none", "#9a8f78", 6)}`;
}

function puddle(): string {
  return `<ellipse cx="560" cy="760" rx="300" ry="56" fill="#8c8f7c"/><ellipse cx="880" cy="800" rx="120" ry="30" fill="#8c8f7c"/>`;
}

function works(): string {
  const cone = (x: number) => `${path(`M${x} 840 l34 -120 l34 120Z`, "#c9783a")}${rect(x + 14, 776, 40, 16, PALE)}`;
  return `${cone(90)}${cone(250)}${cone(960)}${person(1080, 560, "#b9892f")}`;
}
