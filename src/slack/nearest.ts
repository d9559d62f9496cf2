import { distance } from 'fastest-levenshtein';

/** The candidate that the typed word most likely meant; undefined where none is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const word = typed.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(word, candidate) }))
    .toSorted((a, b) => a.far - b.far)[0];
  if (ranked === undefined) return undefined;
  // A third of the letters, two at least in words of some length: beyond that it is a guess.
  const most = Math.max(word.length <= 2 ? 1 : 2, Math.floor(ranked.candidate.length / 3));
  return ranked.far <= most || (word.length >= 2 && ranked.candidate.startsWith(word)) ? ranked.candidate : undefined;
}
