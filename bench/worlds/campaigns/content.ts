import type { Request, Topic, Work } from '../kinds.ts';
import { type Model, size } from '../people/work.ts';
import type { Random } from '../random.ts';
import { type RealPrompts } from '../real-prompts.ts';
import { type Elicitation, writeElicitation } from '../text/elicitation.ts';
import { edited } from '../text/prose.ts';
import { writeRole } from '../text/roles.ts';
import { fillScript, SCRIPTS } from '../text/scripts.ts';
import { writeManner, writeTask } from '../text/tasks.ts';
import { ADJECTIVES, NOUNS, VERBS } from '../text/words.ts';
import { probeWorks } from './probe.ts';
import type { CampaignSpec, Content } from './spec.ts';

type Wrappers = Extract<Content, { kind: 'wrappers' }>;

/** What a campaign asks: works with how often each is dealt. */
export function campaignWorks(
  random: Random,
  spec: CampaignSpec,
  model: Model,
  real: RealPrompts | undefined,
): (readonly [Work, number])[] {
  const { content } = spec;
  if (content.kind === 'probe') return probeWorks(random, random.int(...content.bypasses), model);
  if (content.kind === 'questions')
    return content.from.map((name) => [questionWork(random, real?.[name] ?? [], name, model), random.between(1, 3)]);
  const count = random.int(...content.count);
  return Array.from({ length: count }, (_, at) => [
    wrapperWork(random.fork(at), content, model),
    random.between(0.5, 2),
  ]);
}

function sizes(random: Random, prompt: string, system?: string): Pick<Request, 'input' | 'output' | 'reasoning'> {
  return {
    input: size(prompt) + size(system ?? ''),
    output: random.logNormal(760, 0.6),
    reasoning: random.chance(0.55),
  };
}

const TOPICS_OF: Record<Elicitation, readonly Topic[]> = {
  reasoning: ['math', 'logic', 'coding', 'answers'],
  tags: ['math', 'logic', 'coding', 'answers'],
  rubric: ['grading'],
  tools: ['agent', 'coding'],
};

function wrapperWork(random: Random, content: Wrappers, model: Model): Work {
  const way = random.pick(content.ways);
  const script = content.script === true ? random.pick(Object.keys(SCRIPTS)) : undefined;
  const asked = content.topics;
  const own = TOPICS_OF[way].filter((topic) => asked.includes(topic));
  const topics = own.length > 0 ? own : asked;
  const head =
    script === undefined
      ? `${writeRole(random)} ${writeElicitation(random, way)}`
      : `${fillScript(random, script, 'roles')} ${fillScript(random, script, 'elicitations')}`;
  const manners = Array.from({ length: random.int(0, 2) }, () => writeManner(random)).join(' ');
  const wrapper = script === undefined ? `${head} ${manners}`.trim() : head;
  const place = random.weighted([
    ['head', 4],
    ['tail', 4],
    ['both', 2],
    ['system', content.system === false ? 0 : 3],
  ] as const);
  const tail =
    script === undefined
      ? `${writeElicitation(random, way)} ${writeManner(random)}`
      : fillScript(random, script, 'elicitations');
  const vary = (each: Random, text: string) => (content.edits === undefined ? text : edited(each, text, content.edits));
  return {
    model,
    inConversation: random.between(0.2, 0.9),
    request(each) {
      const topic = each.pick(topics);
      const task = script === undefined ? writeTask(each, topic) : fillScript(each, script, 'tasks');
      const body = {
        head: () => `${vary(each, wrapper)}\n\n${task}`,
        tail: () => `${task}\n\n${vary(each, wrapper)}`,
        both: () => `${vary(each, wrapper)}\n\nTask: ${task}\n\n${vary(each, tail)}`,
        system: () => task,
      }[place]();
      const prompt = content.preamble === true ? `${preamble(each)} ${body}` : body;
      const system = place === 'system' ? vary(each, wrapper) : undefined;
      return {
        prompt,
        system,
        topics: [topic],
        elicits: way === 'rubric' ? 'weakly' : 'strongly',
        ...sizes(each, prompt, system),
      };
    },
  };
}

const preamble = (random: Random): string =>
  Array.from({ length: random.int(1, 11) }, () => random.pick(random.pick([NOUNS, ADJECTIVES, VERBS]))).join(' ');

const REAL_TOPICS: Record<string, readonly Topic[]> = {
  gsm8k: ['math'],
  selfinstruct: ['answers', 'writing'],
  toolformer: ['agent', 'data'],
  roleplay: ['writing'],
};

/** Real questions, with nothing of the campaign's around them. */
function questionWork(random: Random, questions: readonly string[], name: string, model: Model): Work {
  const mine = random.shuffle(questions).slice(0, Math.ceil(questions.length * random.between(0.6, 1)));
  const topics = REAL_TOPICS[name] as readonly Topic[];
  return {
    model,
    inConversation: random.between(0.2, 0.9),
    request(each) {
      const prompt = each.pick(mine);
      return { prompt, topics: [each.pick(topics)], elicits: 'no', ...sizes(each, prompt) };
    },
  };
}
