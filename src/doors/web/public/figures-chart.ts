import type { EChartsCoreOption } from "echarts/core";
import { dayOf } from "#platform/instant";
import { FIGURES, rateOf, readFigures, type Figures } from "#publication/figures";
import type { Directory } from "#publication/directory";
import { notFoundPage } from "#doors/web/error-pages";
import { nameOf, type Visit } from "#doors/web/visit";

export const SIZES = { wide: { width: 720, height: 300 }, narrow: { width: 330, height: 300 } };
const MOST_BARS = 12;
const FONT = "PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif";

type Bar = { readonly name: string; readonly rate: number };

/** A chart drawn here and sent as a picture: no script runs in the browser. The table beside it holds the same figures. */
export async function chart(visit: Visit, asked: { readonly name: string }): Promise<Response> {
  const [, name, narrow] = /^(rates|units)(-narrow)?\.svg$/.exec(asked.name) ?? [];
  if (name === undefined) return notFoundPage(visit);
  const read = await readFigures(visit.town, dayOf(visit.at));
  const names = await visit.names(read.version);
  const svg = await draw(
    name === "rates" ? rates(visit, names, read) : units(visit, names, read),
    narrow === undefined ? SIZES.wide : SIZES.narrow,
  );
  return visit.context.body(svg, 200, {
    "content-type": "image/svg+xml; charset=utf-8",
    "cache-control": "private, max-age=60",
    vary: "accept-encoding, accept-language, cookie",
  });
}

export function rates(visit: Visit, names: Directory, { town }: Figures): readonly Bar[] {
  return FIGURES.flatMap((figure) => barOf(visit.words.figures.names[figure].title, rateOf(town[figure], names.policy.fewEntries)));
}

/** Units in the town's own order, as many as a picture can hold; too few entries draw no bar. */
export function units(visit: Visit, names: Directory, { byUnit }: Figures): readonly Bar[] {
  return [...names.units.values()]
    .flatMap((unit) => {
      const set = byUnit.get(unit.id);
      return set === undefined ? [] : barOf(nameOf(visit, unit), rateOf(set["on-time"], names.policy.fewEntries));
    })
    .slice(0, MOST_BARS);
}

function barOf(name: string, rate: number | null): readonly Bar[] {
  return rate === null ? [] : [{ name, rate }];
}

/** ECharts is loaded by the first chart, not by the start: a program nobody asks for charts stays small. */
async function draw(bars: readonly Bar[], size: { readonly width: number; readonly height: number }): Promise<string> {
  const [{ init, use }, { BarChart }, { GridComponent }, { SVGRenderer }] = await Promise.all([
    import("echarts/core"),
    import("echarts/charts"),
    import("echarts/components"),
    import("echarts/renderers"),
  ]);
  use([BarChart, GridComponent, SVGRenderer]);
  const drawing = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    drawing.setOption(optionOf(bars));
    return withoutStyles(drawing.renderToSVGString());
  } finally {
    drawing.dispose();
  }
}

function optionOf(bars: readonly Bar[]): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: "#1d2733" },
    grid: { left: 8, right: 56, top: 8, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "value",
      min: 0,
      max: 100,
      axisLabel: { formatter: "{value}%", color: "#5d6570" },
      splitLine: { lineStyle: { color: "#e4dfd5" } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: "#c9c2b3" } },
    },
    series: [
      {
        type: "bar",
        silent: true,
        barMaxWidth: 22,
        itemStyle: { color: "#2c7a57" },
        label: { show: true, position: "right", color: "#1d2733", formatter: "{c}%" },
        data: bars.map(({ rate }) => Math.round(rate * 1000) / 10),
      },
    ],
  };
}

/** Styles become attributes: the picture needs no exception in the content security policy. */
function withoutStyles(svg: string): string {
  return svg.replaceAll(/<style[\s\S]*?<\/style>/g, "").replaceAll(/ style="([^"]*)"/g, (_whole, css: string) =>
    css
      .split(";")
      .map((rule) => rule.split(":"))
      .flatMap(([name = "", value]) => (value === undefined ? [] : [` ${name.trim()}="${value.trim()}"`]))
      .join(""),
  );
}
