import { GraphChart } from 'echarts/charts';
import { TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { CampaignGraph, DrawnTie } from '../../campaigns/campaign-graph.ts';
import type { Family } from '../../campaigns/campaign.ts';
import { formatCount, formatNumber } from '../../slack/format.ts';
import { FONT } from './render-picture.ts';

use([GraphChart, TitleComponent, SVGRenderer]);

const WIDTH = 1_000;
const ROW = 34;
const TOP = 96;
const BOTTOM = 46;
const LABELS = 380;
/** Of the accounts' part: dots in columns. */
const DOT = { size: 9, gap: 22, right: 40 };
/** Told apart by brightness as well; each tie says its family in words. */
const COLOURS: Record<Family, string> = {
  content: '#b3541e',
  payment: '#1f4e79',
  network: '#4f7f3a',
  client: '#7b4b94',
  identity: '#8a6d00',
  timing: '#5a6570',
  behaviour: '#9c2f4f',
};

/** A campaign's ties on the left, its accounts as dots on the right, and a line wherever one names the other: SVG. */
export function drawGraph(id: string, graph: CampaignGraph): string {
  const rows = Math.max(graph.ties.length, 6);
  const height = TOP + rows * ROW + BOTTOM;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const dots = dotsOf(graph.drawn, rows);
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: FONT },
    title: {
      left: 24,
      top: 18,
      text: `${id}: ${formatCount(graph.accounts, 'account')} and what ties them`,
      subtext: caption(graph),
      textStyle: { fontFamily: FONT, fontSize: 20, color: '#1d1c1d' },
      subtextStyle: { fontFamily: FONT, fontSize: 13, color: '#454245' },
    },
    series: [
      {
        type: 'graph',
        layout: 'none',
        // Coordinates as they are, not fitted into the series' box.
        left: 0,
        top: 0,
        width: WIDTH,
        height,
        silent: true,
        data: [
          // The corners, so that nothing is scaled.
          ...[
            [0, 0],
            [WIDTH, height],
          ].map(([x, y], at) => ({ name: `corner ${at}`, x, y, symbolSize: 0 })),
          ...graph.ties.map((tie, at) => ({
            name: `tie ${at}`,
            x: LABELS,
            y: TOP + (at + 0.5) * ROW,
            symbol: 'roundRect',
            symbolSize: 14,
            itemStyle: { color: COLOURS[tie.family] },
            label: {
              show: true,
              position: 'left',
              distance: 10,
              fontFamily: FONT,
              fontSize: 13,
              formatter: words(tie),
            },
          })),
          ...dots.map(([x, y], at) => ({
            name: `account ${at}`,
            x,
            y,
            symbol: 'circle',
            symbolSize: DOT.size,
            itemStyle: { color: '#1d1c1d' },
          })),
        ],
        links: graph.ties.flatMap((tie, at) =>
          tie.of.map((account) => ({
            source: `tie ${at}`,
            target: `account ${account}`,
            lineStyle: { color: COLOURS[tie.family], width: 1, opacity: 0.28, curveness: 0.12 },
          })),
        ),
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Where the dots are: column after column from the left, each as high as the ties. */
function dotsOf(count: number, rows: number): [x: number, y: number][] {
  const high = rows * ROW;
  const perColumn = Math.max(1, Math.floor(high / DOT.gap));
  const columns = Math.max(1, Math.ceil(count / perColumn));
  const left = Math.max(LABELS + 160, WIDTH - DOT.right - columns * DOT.gap);
  return Array.from({ length: count }, (_, at) => [
    left + Math.floor(at / perColumn) * DOT.gap,
    TOP + ((at % perColumn) + 0.5) * DOT.gap,
  ]);
}

function words({ family, detection, findings, accounts }: DrawnTie): string {
  const times = findings === 1 ? '' : ` × ${findings}`;
  return `${family}: ${detection}${times}, ${formatCount(accounts, 'account')}`;
}

function caption({ drawn, accounts, ties, left }: CampaignGraph): string {
  const dots =
    drawn === accounts
      ? 'Each dot is an account'
      : `Each dot is an account, ${formatNumber(drawn)} of ${formatNumber(accounts)}`;
  const lines = `each line says that a finding names it; ${formatCount(ties.length, 'finding')} drawn`;
  return `${dots}, ${lines}${left === 0 ? '' : `, ${formatNumber(left)} more left out`}.`;
}
