import { assert, constantFrom, integer, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBlocks, validateView, visibleCharacters } from '../../../sandbox/block-kit/validate.ts';
import { ACTION_WORDS, tallyText } from '../../../src/slack/blocks/action-words.ts';
import { actionCard } from '../../../src/slack/blocks/action-card.ts';
import { approvalRefused } from '../../../src/slack/blocks/action-refusal.ts';
import { banModal, undoModal } from '../../../src/slack/blocks/action-modal.ts';
import { IMPOSED } from '../../../src/campaigns/action.ts';
import type { ActionPreview } from '../../../src/campaigns/action-view.ts';
import { PROPOSAL_STATES } from '../../../src/campaigns/proposal.ts';
import { actionViewLike, POLICY } from '../../action-world.ts';
import { NOW } from '../../campaign-fixture.ts';

const PREVIEW: ActionPreview = {
  campaign: 'C-12',
  action: 'suspend',
  scope: 'members',
  accounts: 1_184,
  digest: 'ab'.repeat(32),
  leftOut: { review: 96, excepted: ['acct_1', 'acct_2'], already: 10, underWay: 3 },
  figures: { accounts: 1_184, review: 0, medianAgeDays: 12, paying: 310, inOrganization: 4, inProgram: 0 },
  spent: { person: 0, overall: 2_000 },
  caps: POLICY.caps,
  approvalsNeeded: 2,
  live: true,
  undoWindowMs: 7 * 86_400_000,
};

describe('an action’s message', () => {
  it('holds for any text, in any state', () => {
    const text = string({ unit: 'binary', maxLength: 3_000 });
    const any = record({
      state: constantFrom(...PROPOSAL_STATES),
      text,
      dryRun: constantFrom(true, false),
      count: integer({ min: 0, max: 9e6 }),
    });
    assert(
      property(any, ({ state, text: hostile, dryRun, count }) => {
        const closed = state === 'rejected' || state === 'void' ? { by: hostile, at: NOW, reason: hostile } : null;
        const approvals = [
          { by: hostile, at: NOW },
          { by: hostile, at: NOW },
        ];
        const view = actionViewLike(
          { state, dryRun, reason: hostile, proposedBy: hostile, closed, approvals, accountCount: 9e6 },
          { done: count, failed: 1 },
        );
        const failures = Array.from({ length: 10 }, () => ({ reason: hostile, accounts: count, example: hostile }));
        const message = actionCard(
          { ...view, failures, blocked: { reason: 'frozen', by: hostile, at: NOW, why: hostile } },
          (actor) => actor,
        );
        expect(validateBlocks(message.blocks, 'message')).toEqual([]);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
        expect(message.text.length + visibleCharacters(message.blocks)).toBeLessThanOrEqual(13_000);
        expect(message.text.replaceAll(/<!date\^[^>]*>/g, '')).not.toMatch(/<[!@#]/);
      }),
      { numRuns: 200 },
    );
  });

  it('adds up to all accounts', () => {
    const { proposal, tally } = actionViewLike({}, { done: 800, failed: 4, unknown: 2, pending: 300, sent: 78 });
    expect(tallyText(proposal, tally)).toBe('800 of 1,184 suspended, 4 failed, 2 not answered, 378 to go');
  });
});

describe('a modal', () => {
  it('tells whom it would touch, whom not, and what it costs', () => {
    const words = JSON.stringify(banModal(PREVIEW).blocks);
    for (const said of [
      '*Suspend 1,184 accounts of C-12*',
      'half of them younger than 12 days · 310 with a payment instrument · 4 in an organisation',
      '96 weakly tied',
      '2 known to be good: `acct_1`, `acct_2`',
      'this action 1,184 of 1,000',
      'everyone 3,184 of 4,000',
      'two people must approve',
      '*Live*',
    ])
      expect(words).toContain(said);
  });

  it.each(IMPOSED)('is one that Slack takes, to %s', (action) => {
    expect(validateView(banModal({ ...PREVIEW, action, live: false, approvalsNeeded: 1 }), 'modal')).toEqual([]);
    expect(ACTION_WORDS[action].title).not.toBe('');
  });

  it('to undo is one that Slack takes, with the accounts that were named', () => {
    const modal = undoModal({ ...PREVIEW, action: 'restore', figures: undefined }, ['acct_1', 'acct_2']);
    expect(validateView(modal, 'modal')).toEqual([]);
    expect(JSON.stringify(modal)).toContain('acct_1\\nacct_2');
  });
});

it('a list that drifted is told with examples, however long', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => `<!channel>${index}`);
  const { proposal } = actionViewLike();
  const { text } = approvalRefused('P-3', { reason: 'drifted', drift: { added: many, removed: many }, proposal });
  expect(text).toContain('3,000 would come in: `&lt;!channel&gt;0`');
  expect(text.length).toBeLessThan(2_800);
});
