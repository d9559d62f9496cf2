import { z } from 'zod';
import { EXCEPTION_KINDS, judgeEnd } from '../campaigns/exception.ts';
import { addException, countSubject, endException, listExceptions } from '../db/exception-entry.ts';
import { allowForm, ALLOWANCES } from '../slack/blocks/campaign-forms.ts';
import { exceptionAdded, exceptionEnded, exceptionList, exceptionRefused } from '../slack/blocks/exceptions.ts';
import type { Answer } from '../slack/interactions.ts';
import { nearest } from '../slack/nearest.ts';
import { defineControl, defineForm } from './define-verb.ts';
import { defineAction, defineVerbGroup } from './define-verb-group.ts';
import { EndTime } from './end-time.ts';
import { Reason } from './reason.ts';
import type { CommandContext } from './verb.ts';

const SHOWN = 40;

const Kind = z
  .string()
  .toLowerCase()
  .transform((word) => (word === 'org' || word === 'organisation' ? 'organization' : word))
  .pipe(
    z.enum(EXCEPTION_KINDS, {
      error: ({ input }) =>
        `${String(input)} cannot be excepted; ${nearest(String(input), EXCEPTION_KINDS) ?? EXCEPTION_KINDS.join(', ')} can`,
    }),
  );

/** A mention, a name, or `me`. */
const Owner = z
  .string()
  .max(80, 'the owner’s name is too long')
  .transform((text) => /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? text.replace(/^@/, ''));

/** `E-3`, `e3` or `3`. */
const Entry = z
  .string()
  .regex(/^(?:e-?)?\d{1,9}$/i, 'exceptions are written E-3')
  .transform((text) => Number(text.replace(/^e-?/i, '')));

export const allow = defineVerbGroup({
  name: 'allow',
  usage: 'allow [list, add or remove]',
  summary: 'Accounts, organisations and traits that are known to be good, until an end',
  actions: [
    defineAction({
      usage: 'allow list',
      summary: 'What is excepted, until when, and who answers for it',
      role: 'reader',
      args: z.object({}),
      async run(_, { pool, now }) {
        const { exceptions, total } = await listExceptions(pool, now, { limit: SHOWN });
        return { message: exceptionList(exceptions, total) };
      },
    }),
    defineAction({
      usage: 'allow add <account, org or trait> <id> <end> <owner> <reason>',
      summary: 'Leave it out of campaigns; e.g. `allow add org org_12 30d @mara evaluation contract`',
      role: 'responder',
      args: z.object({
        kind: Kind,
        id: z.string().max(128, 'that id is too long'),
        end: EndTime,
        owner: Owner,
        reason: Reason,
      }),
      rest: 'text',
      run: ({ kind, id: subject, end, owner, reason }, context) =>
        add(
          { kind, subject, owner: owner === 'me' ? context.actor : owner, reason, endsAt: end(context.now) },
          context,
        ),
    }),
    defineAction({
      usage: 'allow remove <exception> <reason>',
      summary: 'End an exception before its time',
      role: 'responder',
      args: z.object({ exception: Entry, reason: Reason }),
      rest: 'text',
      async run({ exception: number, reason }, { pool, actor, now }) {
        const ended = await endException(pool, number, { actor, now, reason });
        if (ended.ok) return { message: exceptionEnded(ended.exception) };
        return { message: exceptionRefused(ended.reason === 'not_found' ? { ...ended, number } : ended) };
      },
    }),
  ],
  controls: {
    ask: defineControl({
      role: 'responder',
      value: z.string(),
      run: (_, { actor }) => Promise.resolve({ modal: allowForm(actor) }),
    }),
  },
  forms: {
    set: defineForm({
      role: 'responder',
      value: z.string(),
      fields: z.object({
        kind: Kind,
        id: z.string().trim().min(1, 'the id is missing').max(128, 'that id is too long'),
        end: z.enum(Object.keys(ALLOWANCES)),
        owner: z.string().regex(/^[UW][A-Z0-9]+$/, 'pick somebody of this workspace'),
        reason: Reason,
      }),
      run: ({ fields: { kind, id: subject, end, owner, reason } }, context) =>
        add({ kind, subject, owner, reason, endsAt: EndTime.parse(end)(context.now) }, context),
    }),
  },
});

type Draft = Parameters<typeof addException>[1];

async function add(draft: Draft, { pool, actor, now }: CommandContext): Promise<Answer> {
  const judged = judgeEnd(draft.endsAt, now);
  if (!judged.ok) return { message: exceptionRefused(judged) };
  const added = await addException(pool, draft, { actor, now });
  if (!added.ok) return { message: exceptionRefused(added) };
  const accounts = draft.kind === 'trait' ? null : await countSubject(pool, draft.kind, draft.subject);
  return { message: exceptionAdded(added.exception, accounts) };
}
