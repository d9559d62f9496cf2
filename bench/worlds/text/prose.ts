import type { Random } from '../random.ts';
import { ADJECTIVES, CITIES, companyName, NAMES, NOUNS, TECHNOLOGIES, VERBS } from './words.ts';

const SLOTS: Record<string, (random: Random) => string> = {
  noun: (random) => random.pick(NOUNS),
  nouns: (random) => plural(random.pick(NOUNS)),
  adj: (random) => random.pick(ADJECTIVES),
  verb: (random) => random.pick(VERBS),
  name: (random) => random.pick(NAMES),
  city: (random) => random.pick(CITIES),
  tech: (random) => random.pick(TECHNOLOGIES),
  firm: (random) => companyName(random),
  n: (random) => String(random.int(2, 19)),
  big: (random) => String(Math.round(random.logNormal(300, 1.2)) + 20),
  month: (random) => random.pick(['January', 'March', 'April', 'June', 'August', 'October', 'December']),
  fact: (random) => sentence(random),
};

function plural(noun: string): string {
  if (/(?:s|sh|ch|x)$/.test(noun)) return `${noun}es`;
  return /[^aeo]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** A template with its {slots} filled anew. */
export function fill(random: Random, template: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => SLOTS[slot]?.(random) ?? whole);
}

const SENTENCES = [
  'The {adj} {noun} from {city} holds {big} {nouns}.',
  'Nobody wanted to {verb} the {noun} before {month}.',
  '{name} and {name} {verb} the {adj} {nouns} every week.',
  'There were {n} {nouns} beside the {noun}.',
  'Since {n} {month} the {noun} has been {adj}.',
  'The {noun} moved from {city} to {city}.',
  'It took {big} minutes to {verb} the {noun}.',
  'Our {noun} team would rather {verb} a {adj} {noun}.',
  'A {adj} {noun} stood near {city}.',
  'About {n} in twenty {nouns} are {adj}.',
  'When the {noun} is {adj}, {name} must {verb} it.',
  'The {noun} costs {big} dollars for each {noun}.',
  'Most {nouns} look {adj} after {month}.',
  '{name} asked {name} to {verb} the {noun}.',
];

export function sentence(random: Random): string {
  const text = fill(random, random.pick(SENTENCES));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function sentences(random: Random, count: number): string {
  return Array.from({ length: count }, () => sentence(random)).join(' ');
}

const LINES = [
  'def {verb}_{noun}({noun}):',
  '    return {noun}.{verb}({n})',
  'const {noun} = {verb}({noun}, {big});',
  'if ({noun}.length > {n}) throw new Error("{adj} {noun}");',
  'for {noun} in {nouns}: {verb}({noun})',
  'SELECT {noun}, count(*) FROM {nouns} GROUP BY {noun};',
  'fn {verb}(&self, {noun}: usize) -> Option<{noun}> {',
  'log.warn("{noun} {adj}", {big})',
];

export function codeBlock(random: Random): string {
  const lines = Array.from({ length: random.int(3, 8) }, () => fill(random, random.pick(LINES)));
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}

/** As people type: now and then without capitals, with a slip of the finger. */
export function typed(random: Random, text: string, sloppiness: number): string {
  if (!random.chance(sloppiness)) return text;
  const lower = random.chance(0.6) ? text.toLowerCase() : text;
  if (!random.chance(0.5) || lower.length < 12) return lower;
  const at = random.int(2, lower.length - 3);
  return `${lower.slice(0, at)}${lower.charAt(at + 1)}${lower.charAt(at)}${lower.slice(at + 2)}`;
}

/** Each word with this probability dropped, doubled or replaced. */
export function edited(random: Random, text: string, rate: number): string {
  const words = text.split(' ').flatMap((word) => {
    if (!random.chance(rate)) return [word];
    const how = random.int(0, 3);
    if (how === 0) return [];
    return how === 1 ? [word, random.pick(ADJECTIVES)] : [random.pick(how === 2 ? NOUNS : VERBS)];
  });
  return words.join(' ');
}
