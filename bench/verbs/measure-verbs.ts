import type { Sandbox } from '../../sandbox/server.ts';
import { askQuestion } from '../scale/ask-question.ts';
import { questionsOf } from './questions.ts';

export interface Measured {
  verb: string;
  acked: number[];
  answered: number[];
  /** Until what it came to, where the answer said that it is under way. */
  followed: number[];
}

interface MeasureOptions {
  rounds: number;
  /** Of the questions these alone. */
  which?: RegExp;
  /** Asked before each question: then nothing more is asked. */
  isOver?: () => Promise<boolean>;
}

/** Asks all of it that is to be asked, round by round, each by a person of their own. Throws where something was not done as it was asked. */
export async function measureVerbs(
  sandbox: Sandbox,
  { rounds, which = /./, isOver = () => Promise.resolve(false) }: MeasureOptions,
): Promise<Measured[]> {
  const measured = new Map<string, Measured>();
  const people = Array.from({ length: rounds }, (_, round) => `U0BENCH${round}`);
  for (const id of people) sandbox.control.addPerson({ id, name: id.toLowerCase() });
  sandbox.control.setGroupMembers('abuse-approvers', people);
  for (const [round, user] of people.entries()) {
    // What Slack says of a person and of groups is asked for once a minute.
    await askQuestion(sandbox, user, '/campaign help');
    let last = '';
    for (const { text, says, every = 1, names, isLast } of questionsOf(round)) {
      if (!which.test(text)) continue;
      if (await isOver()) return [...measured.values()];
      if (isLast ? round < rounds - 1 : round % every !== 0) continue;
      const named = names === undefined ? '' : (names.exec(last)?.[0] ?? '');
      const asked = await askQuestion(sandbox, user, `/campaign ${text.replace('{}', named)}`, isLast);
      if (!says.test(asked.words)) throw new Error(`${text}: it was told “${asked.words.slice(0, 400)}”`);
      last = asked.words;
      const verb = nameOf(text);
      const times = measured.get(verb) ?? { verb, acked: [], answered: [], followed: [] };
      times.acked.push(asked.acked);
      times.answered.push(asked.answered);
      if (asked.followed !== undefined) times.followed.push(asked.followed);
      measured.set(verb, times);
    }
  }
  return [...measured.values()];
}

/** The question without what differs from round to round. */
function nameOf(text: string): string {
  return text
    .replace(/acct_\d+(,acct_\d+)?/, '<account>')
    .replace(/org_\d+/, '<org>')
    .replace(/@\w+/, '<person>')
    .replace(/(escalate|lift) C-(?!1\b)\d+/, '$1 C-…');
}
