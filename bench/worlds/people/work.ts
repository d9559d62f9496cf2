import type { Topic, Work } from '../kinds.ts';
import type { Random } from '../random.ts';
import { modelTaste, type Setting } from '../setting.ts';
import { writeElicitation } from '../text/elicitation.ts';
import { typed } from '../text/prose.ts';
import { PUBLIC_PROMPTS, writeRole } from '../text/roles.ts';
import { fillScript, SCRIPTS } from '../text/scripts.ts';
import { writeBackground, writeManner, writeTask } from '../text/tasks.ts';

export type Model = Work['model'];
export type Mix = readonly (readonly [Topic, number])[];

const PERSONAL: Mix = [
  ['chat', 8],
  ['coding', 5],
  ['writing', 3],
  ['answers', 4],
  ['translation', 2],
  ['tutoring', 2],
  ['math', 1],
  ['logic', 1],
  ['agent', 1],
];
const TRADES: Mix = [
  ['extraction', 6],
  ['support', 4],
  ['answers', 4],
  ['coding', 3],
  ['agent', 3],
  ['chat', 3],
  ['writing', 2],
  ['translation', 2],
  ['grading', 1],
  ['math', 1],
  ['tutoring', 1],
  ['data', 0.5],
];

/** A person at a keyboard: many subjects, hardly ever the same words twice. */
export function personalWork(setting: Setting, random: Random, model: Model = modelTaste(setting, random)): Work {
  const mix = PERSONAL.map(([topic, weight]) => [topic, weight * random.exponential(1)] as const);
  const system = random.chance(0.75) ? random.pick(PUBLIC_PROMPTS) : undefined;
  const script = random.chance(0.1) ? random.pick(Object.keys(SCRIPTS)) : undefined;
  const sloppiness = random.chance(0.4) ? random.between(0.2, 0.9) : 0.05;
  return {
    model,
    inConversation: 0.96,
    request(each, turn) {
      const topic = each.weighted(mix);
      const text = script === undefined ? writeTask(each, topic) : fillScript(each, script, 'tasks');
      const asks = each.chance(0.015);
      const prompt = typed(each, asks ? `${text} ${writeElicitation(each, 'reasoning')}` : text, sloppiness);
      return {
        prompt,
        system,
        topics: [topic],
        elicits: asks ? 'weakly' : 'no',
        input: size(prompt) + each.logNormal(topic === 'coding' || topic === 'agent' ? 900 : 120, 1.1) * (turn + 0.4),
        output: each.logNormal(210, 1),
        reasoning: each.chance(0.12),
      };
    },
  };
}

export interface ApplicationOptions {
  mix?: Mix;
  system?: string;
  model?: Model;
  /** The share of applications that ask for steps or tags, with no thought of copying the model. */
  elicitsWith?: number;
}

/** A program that asks the same kind of thing over and over, within a text of its own. */
export function applicationWork(setting: Setting, random: Random, options: ApplicationOptions = {}): Work {
  const main = random.weighted(TRADES);
  const mix: Mix = options.mix ?? [
    [main, 9],
    [random.weighted(TRADES), random.exponential(1)],
  ];
  const elicits = random.chance(options.elicitsWith ?? 0.14);
  const asked = elicits ? [writeElicitation(random, random.pick(['reasoning', 'tags', 'tools']))] : [];
  const manners = Array.from({ length: random.int(1, 5) }, () => writeManner(random));
  const system = options.system ?? [writeRole(random), ...random.shuffle([...manners, ...asked])].join(' ');
  const inPrompt = random.chance(0.25) ? writeManner(random) : undefined;
  const background = random.chance(0.3) ? random.logNormal(1500, 1) : 0;
  const long = random.logNormal(130, 0.8);
  const reasons = random.chance(0.2) ? 0.6 : 0.03;
  return {
    model: options.model ?? modelTaste(setting, random),
    inConversation: random.chance(0.5) ? 0.96 : 0.4,
    request(each, turn) {
      const topic = each.weighted(mix);
      const task = writeTask(each, topic);
      const context = background > 0 && each.chance(0.5) ? `Context: ${writeBackground(each)}\n\n` : '';
      const prompt = inPrompt === undefined ? `${context}${task}` : `${inPrompt}\n\n${context}${task}`;
      const dated = each.chance(0.002) ? `${system} Today is a ${each.pick(['Monday', 'Friday'])}.` : system;
      return {
        prompt,
        system: dated,
        topics: [topic],
        elicits: elicits ? 'weakly' : 'no',
        input:
          size(prompt) +
          size(system) +
          each.logNormal(1 + background, 0.5) * (topic === 'agent' ? turn + 3 : 1) +
          90 * turn,
        output: each.logNormal(long, 0.7),
        reasoning: each.chance(topic === 'agent' ? 0.4 : reasons),
      };
    },
  };
}

/** About how many tokens a text is. */
export const size = (text: string): number => 8 + text.length / 4.4;
