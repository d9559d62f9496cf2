import { z } from 'zod';
import { helpMessage, unknownVerb, verbHelp } from '../slack/blocks/help.ts';
import { defineVerb } from './define-verb.ts';
import { nearest } from '../slack/nearest.ts';

export const help = defineVerb({
  name: 'help',
  usage: 'help [verb]',
  summary: 'What Retort can be asked, or one verb in full',
  role: 'reader',
  args: z.object({ verb: z.string().optional() }),
  run: async ({ verb: wanted }, { verbs }) => {
    if (wanted === undefined) return { message: helpMessage(verbs) };
    const find = (name: string | undefined) => verbs.find((verb) => verb.name === name);
    const found = find(wanted.toLowerCase());
    if (found !== undefined) return { message: verbHelp(found) };
    return {
      message: unknownVerb(
        wanted,
        find(
          nearest(
            wanted,
            verbs.map((verb) => verb.name),
          ),
        ),
      ),
    };
  },
});
