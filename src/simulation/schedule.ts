import { HOUR } from './rhythm.ts';

/** 2^22 ms is more than an hour; with 2^26 actors beside it, a moment still fits a double's 53 bits. */
const ACTORS = 2 ** 26;

/** Who acts when, in buckets of an hour: planned days ahead of being lived, as one number per exchange. */
export class Schedule {
  private readonly hours = new Map<number, number[]>();
  private count = 0;

  /** Exchanges announced and not yet drained. */
  get size(): number {
    return this.count;
  }

  add(at: number, actor: number): void {
    const hour = Math.floor(at / HOUR);
    let bucket = this.hours.get(hour);
    if (!bucket) this.hours.set(hour, (bucket = []));
    bucket.push(Math.floor(at - hour * HOUR) * ACTORS + actor);
    this.count++;
  }

  /** Takes out the hour that starts at the time given: pairs of time and actor, in order of time. */
  *drain(hourStart: number): Generator<readonly [at: number, actor: number]> {
    const hour = Math.floor(hourStart / HOUR);
    const bucket = this.hours.get(hour);
    if (!bucket) return;
    this.hours.delete(hour);
    for (const key of Float64Array.from(bucket).toSorted()) {
      this.count--;
      const offset = Math.floor(key / ACTORS);
      yield [hour * HOUR + offset, key - offset * ACTORS];
    }
  }
}
