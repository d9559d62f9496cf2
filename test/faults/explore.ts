/** One run: which events may come next, and a way to let one come. */
export interface Run<Event> {
  /** In a fixed order; empty: the run is over. */
  enabled(): readonly Event[];
  happen(event: Event): Promise<void>;
  /** Looks at how it ended. Throws where a promise is broken. */
  check(): Promise<void>;
}

/**
 * Every order in which events can come: depth first, each run begun anew and led along its prefix. Throws with the order
 * of events that broke the promise; returns how many orders there are.
 */
export async function explore<Event>(begin: () => Promise<Run<Event>>): Promise<number> {
  let orders = 0;
  let next: number[] | undefined = [];
  while (next !== undefined) {
    const run = await begin();
    const came: Event[] = [];
    const widths: number[] = [];
    const taken: number[] = [];
    for (let depth = 0; ; depth += 1) {
      const enabled = run.enabled();
      if (enabled.length === 0) break;
      const choice = next[depth] ?? 0;
      const event = enabled[choice];
      if (event === undefined) throw new Error('the same events led elsewhere: the run is not repeatable');
      taken.push(choice);
      widths.push(enabled.length);
      came.push(event);
      await run.happen(event);
    }
    await run.check().catch((fault: unknown) => {
      throw new Error(`after ${came.map(String).join(', ')}`, { cause: fault });
    });
    orders += 1;
    next = following(taken, widths);
  }
  return orders;
}

/** The next choices in order of depth; undefined after the last. */
function following(taken: readonly number[], widths: readonly number[]): number[] | undefined {
  for (let depth = taken.length - 1; depth >= 0; depth -= 1) {
    const choice = (taken[depth] ?? 0) + 1;
    if (choice < (widths[depth] ?? 0)) return [...taken.slice(0, depth), choice];
  }
  return undefined;
}
