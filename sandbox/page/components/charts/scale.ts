/**
 * Round tick values that cover the range, zero among them; at least two, at most about `count` + 1. `whole`: of things
 * that are counted, of which there is no half.
 */
export function niceTicks(low: number, high: number, count: number, whole = false): number[] {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high);
  // Values this small are zero but for rounding.
  const span = top - bottom < 1e-9 ? 1 : top - bottom;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const round = ([1, 2, 2.5, 5].find((factor) => factor * power >= raw) ?? 10) * power;
  const step = !whole || Number.isInteger(round) ? round : Math.max(1, 5 * Math.floor(power));
  const first = Math.floor(bottom / step);
  const last = Math.max(first + 1, Math.ceil(top / step));
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** A linear scale from values to pixels. */
export function linear(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

const COMPACT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const FULL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });

/** A number for an axis: "12K". */
export const axisNumber = (value: number) => COMPACT.format(value);

/** A number in full: "12,345.6". */
export const fullNumber = (value: number) => FULL.format(value);

/** How many categories to pass over between labels so that they do not touch. */
export function labelStep(categories: readonly string[], width: number): number {
  const longest = Math.max(1, ...categories.map((label) => label.length)) * 6.6 + 12;
  return Math.max(1, Math.ceil((categories.length * longest) / Math.max(1, width)));
}

/** The outline of a ring's slice between two turns (0–1, clockwise from the top). */
export function ringSlice(center: number, outer: number, inner: number, from: number, to: number): string {
  const point = (radius: number, turn: number) => {
    const angle = turn * 2 * Math.PI - Math.PI / 2;
    return `${(center + radius * Math.cos(angle)).toFixed(2)} ${(center + radius * Math.sin(angle)).toFixed(2)}`;
  };
  // A whole ring would begin where it ends and vanish.
  const end = Math.min(to, from + 0.9999);
  const large = end - from > 0.5 ? 1 : 0;
  const out = `M${point(outer, from)}A${outer} ${outer} 0 ${large} 1 ${point(outer, end)}`;
  return `${out}L${point(inner, end)}A${inner} ${inner} 0 ${large} 0 ${point(inner, from)}Z`;
}
