export const isLong = process.env['RETORT_FAULTS'] === 'long';

/** How often a fault is injected: a few times with every change, many times in the long form. */
export function repetitions(short: number, long: number): number {
  return isLong ? long : short;
}

/** A fixed sequence of whole numbers below a bound, so that a failure comes again. */
export function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}
