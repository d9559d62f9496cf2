import { z } from 'zod';
import { readAccountProfile } from '../db/account-profile.ts';
import { accountMessage, noSuchAccount } from '../slack/blocks/account.ts';
import { defineVerb } from './define-verb.ts';

const DAYS = 14;

export const account = defineVerb({
  name: 'account',
  usage: 'account <account>',
  summary: 'One account: its campaigns, what was found of it, and what it did',
  role: 'reader',
  args: z.object({ account: z.string().max(128, 'that id is too long') }),
  async run({ account: id }, { pool, now }) {
    const profile = await readAccountProfile(pool, id, { now, days: DAYS });
    return { message: profile === undefined ? noSuchAccount(id) : accountMessage(profile) };
  },
});
