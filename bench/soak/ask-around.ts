import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/server.ts';
import { askQuestion } from '../scale/ask-question.ts';

/** What is asked most of the time. */
const LIGHT = [
  'status',
  'list',
  'list open',
  'show 1',
  'why 1',
  'accounts 1',
  'digest',
  'health',
  'detections',
  'audit',
  'oncall',
  'show 2',
  'accounts 2 2',
  'note 1 still there',
  'help',
];
/** What reads a great deal, or draws: each as often as all the others together. */
const HEAVY = ['graph 1', 'evidence 1', 'accounts 1 csv', 'detections test shared-payment 7'];
const PEOPLE = Array.from({ length: 10 }, (_, at) => `U0SOAK${at}`);

export interface Asked {
  light: number[];
  heavy: number[];
  /** By what was asked, milliseconds. */
  slowest: Record<string, number>;
  unanswered: string[];
}

/** Ten people who ask one thing after the other, until they are ended; `asked` gets milliseconds until each answer was there. */
export async function askAround(
  sandbox: Sandbox,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
  asked: Asked,
): Promise<void> {
  for (const id of PEOPLE) sandbox.control.addPerson({ id, name: id.toLowerCase() });
  for (let turn = 0; !signal.aborted; turn += 1) {
    const round = Math.floor(turn / (LIGHT.length + 1));
    const verb = LIGHT[turn % (LIGHT.length + 1)] ?? HEAVY[round % HEAVY.length] ?? '';
    const times = LIGHT.includes(verb) ? asked.light : asked.heavy;
    try {
      const person = PEOPLE[turn % PEOPLE.length] ?? '';
      const { answered, followed = answered } = await askQuestion(sandbox, person, `/campaign ${verb}`);
      times.push(followed);
      asked.slowest[verb] = Math.max(asked.slowest[verb] ?? 0, followed);
    } catch (fault) {
      asked.unanswered.push(`${verb}: ${String(fault)}`);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
