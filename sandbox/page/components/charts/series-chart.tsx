import { useRef, useState } from 'preact/hooks';
import type { SeriesChart as Chart } from '../../../page-api.ts';
import { Axes } from './axes.tsx';
import { Legend } from './legend.tsx';
import { Marks } from './marks.tsx';
import { layOut } from './plot.ts';
import { fullNumber } from './scale.ts';
import { useWidth } from './use-width.ts';

/** The values at one category, beside the pointer or the keyboard's place. */
function Values({ chart, at, x, width }: { chart: Chart; at: number; x: number; width: number }) {
  const side = x > width / 2 ? { right: `${width - x + 12}px` } : { left: `${x + 12}px` };
  return (
    <div class="chart-values" style={side} role="status">
      <strong>{chart.axis_config.categories[at]}</strong>
      {chart.series.map(({ name, data }, series) => (
        <span key={name}>
          <span class="swatch" style={{ background: `var(--series-${series % 6})` }} />
          {name} <b>{fullNumber(data[at]?.value ?? 0)}</b>
        </span>
      ))}
    </div>
  );
}

/** Lines, bars or areas over categories. Pointing, or the arrow keys, read out the values. */
export function SeriesChart({ chart, title }: { chart: Chart; title: string }) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useWidth(ref);
  const [active, setActive] = useState<number | null>(null);
  const { categories } = chart.axis_config;
  const plot = layOut(chart, Math.max(240, width));
  const onPointerMove = (event: PointerEvent) => {
    const box = ref.current?.getBoundingClientRect();
    if (!box) return;
    const at = Math.floor((event.clientX - box.left - plot.left) / plot.step);
    setActive(Math.max(0, Math.min(categories.length - 1, at)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setActive(((active ?? (step > 0 ? -1 : 0)) + step + categories.length) % categories.length);
  };
  return (
    <>
      {chart.series.length > 1 && <Legend entries={chart.series} />}
      <div
        ref={ref}
        class="plot"
        role="group"
        tabIndex={0}
        aria-label={`${chart.type} chart: ${title}. Arrow keys read its values.`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setActive(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setActive(null)}
      >
        {width > 0 && (
          <svg width={plot.width} height={plot.height} viewBox={`0 0 ${plot.width} ${plot.height}`} aria-hidden="true">
            {active !== null && (
              <rect
                class="chart-band"
                x={plot.x(active) - plot.step / 2}
                y={plot.top}
                width={plot.step}
                height={plot.bottom - plot.top}
              />
            )}
            <Axes chart={chart} plot={plot} />
            <Marks chart={chart} plot={plot} active={active} />
          </svg>
        )}
        {active !== null && <Values chart={chart} at={active} x={plot.x(active)} width={width} />}
      </div>
    </>
  );
}
