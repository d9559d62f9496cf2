import type { Sandbox } from '../../sandbox/server.ts';

export interface Asked {
  /** Milliseconds until it was acknowledged, and until there was an answer: a private message or a modal. */
  acked: number;
  answered: number;
  /** Until what it came to was there, where the first answer only said that it is under way. */
  followed: number | undefined;
  /** What was answered in the end, in words. */
  words: string;
}

const PATIENCE_MS = 180_000;
/** As the bot says that there is more to come. */
const UNDER_WAY = /will stand here|Looking at wh/;

/** One person asks one thing in the alert channel; of the last one nothing more is waited for. Throws where Slack would show an error. */
export async function askQuestion(sandbox: Sandbox, user: string, text: string, isLast = false): Promise<Asked> {
  const answers = answersTo(sandbox, user);
  const start = performance.now();
  const outcome = await sandbox.say({ user, channel: 'C0ALERTS', text });
  const acked = performance.now() - start;
  if (!outcome.ok) throw new Error(`${text}: ${outcome.error ?? 'refused'}`);
  const first = await answers.next();
  const answered = performance.now() - start;
  if (isLast || !UNDER_WAY.test(first)) return { acked, answered, followed: undefined, words: first };
  const words = await answers.next();
  return { acked, answered, followed: performance.now() - start, words };
}

/** The answers to a person from now on, one by one: private messages and modals, and what these turn into. */
function answersTo({ control }: Sandbox, user: string) {
  let messages = control.ephemeral(user).length;
  const topOf = () => JSON.stringify(control.views(user).at(-1) ?? null);
  let modal = topOf();
  return {
    next: () =>
      control.until(() => {
        const told = control.ephemeral(user)[messages];
        if (told !== undefined) {
          messages += 1;
          return told.text || ' ';
        }
        const top = topOf();
        // One that takes another's place: for a moment there is none.
        if (top === modal || top === 'null') return undefined;
        modal = top;
        return top;
      }, PATIENCE_MS),
  };
}
