/** Seeded randomness: the same parts give the same numbers, and each named part its own. Not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
    [this.#a, this.#b, this.#c] = seeds(name);
    for (let round = 0; round < 12; round += 1) this.next();
  }

  /** Another source that owes nothing to how often this one was asked. */
  fork(name: string | number): Random {
    return new Random(`${this.#name}/${name}`);
  }

  /** In [0, 1): sfc32. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number of low … high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.next());
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  weighted<T>(entries: readonly (readonly [T, number])[]): T {
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return (entries.at(-1) as readonly [T, number])[0];
  }

  shuffle<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let at = copy.length - 1; at > 0; at -= 1) {
      const other = this.int(0, at);
      [copy[at], copy[other]] = [copy[other] as T, copy[at] as T];
    }
    return copy;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  poisson(mean: number): number {
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  code(length: number, alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.next() * alphabet.length)]).join('');
  }

  hex(length: number): string {
    return this.code(length, '0123456789abcdef');
  }
}

function seeds(name: string): [number, number, number] {
  let one = 0x9e3779b9;
  let two = 0x85ebca6b;
  for (let at = 0; at < name.length; at += 1) {
    one = Math.imul(one ^ name.charCodeAt(at), 0x01000193);
    two = Math.imul((two << 13) ^ (two >>> 19) ^ name.charCodeAt(at), 0xc2b2ae35);
  }
  return [one, two, one ^ Math.imul(two, 0x27d4eb2f)];
}
