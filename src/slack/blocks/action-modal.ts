import { IMPOSED } from '../../campaigns/action.ts';
import type { ActionPreview } from '../../campaigns/action-view.ts';
import { codeText, escapeText } from '../escape-text.ts';
import { formatCount, formatDuration, formatNumber } from '../format.ts';
import { ACTION_WORDS } from './action-words.ts';
import { context, section } from './block.ts';
import { choiceInput, formModal, type Modal, textInput } from './modal.ts';

const CHOICES = IMPOSED.map((action) => ({ action, label: ACTION_WORDS[action].title }));
const REASON = {
  name: 'reason',
  label: 'Why',
  hint: 'Read by whoever approves, and kept in the audit.',
  max: 500,
  lines: 'many',
} as const;

/** What an action would touch and what it leaves out, before anyone proposes it. */
export function banModal(preview: ActionPreview): Modal {
  const { campaign, action, scope, digest } = preview;
  const value = (each: string) => `${campaign}|${each}|${scope === 'with_review' ? scope : 'members'}`;
  const [first, ...rest] = CHOICES.map(({ action: each, label }) => ({ value: value(each), label }));
  if (first === undefined) throw new Error('there are no actions');
  return formModal({
    form: 'ban.propose',
    value: digest,
    title: `Act on ${campaign}`,
    submit: 'Propose',
    blocks: [
      section([
        `*${ACTION_WORDS[action].title} ${formatCount(preview.accounts, 'account')} of ${campaign}*`,
        ...whom(preview),
      ]),
      section(['*Left out*', ...leftOut(preview)]),
      section([`*Caps* ${capsText(preview)}`, modeText(preview)]),
      context([digestText(preview)]),
      choiceInput({
        name: 'action',
        label: 'Action',
        choices: [first, ...rest],
        initial: value(action),
        control: 'ban.choose',
      }),
      textInput(REASON),
    ],
  });
}

/** What can be taken back. `accounts` were named already. */
export function undoModal(preview: ActionPreview, accounts: readonly string[]): Modal {
  const { campaign, undoWindowMs } = preview;
  return formModal({
    form: 'undo.propose',
    value: campaign,
    title: `Undo on ${campaign}`,
    submit: 'Propose',
    blocks: [
      section([
        `*${formatCount(preview.accounts, 'account')} of ${campaign}* can be restored: Retort acted on them in the last ${formatDuration(undoWindowMs)}.`,
        modeText(preview),
      ]),
      context([digestText(preview)]),
      textInput({
        name: 'accounts',
        label: 'Only these accounts',
        hint: 'Their ids, with spaces or lines between them. Left empty: all.',
        ...(accounts.length === 0 ? {} : { initial: accounts.join('\n') }),
        max: 3_000,
        lines: 'many',
        optional: true,
      }),
      textInput(REASON),
    ],
  });
}

/** Asks for the reason of something that needs one. */
export function reasonModal(form: {
  form: string;
  value: string;
  title: string;
  submit: string;
  about: string;
}): Modal {
  const { about, ...rest } = form;
  return formModal({ ...rest, blocks: [section([about]), textInput(REASON)] });
}

function whom({ figures }: ActionPreview): string[] {
  if (figures === undefined) return [];
  const { review, medianAgeDays, paying, inOrganization, inProgram } = figures;
  const age =
    medianAgeDays === null ? 'of unknown age' : `half of them younger than ${formatCount(medianAgeDays, 'day')}`;
  return [
    `${age} · ${formatNumber(paying)} with a payment instrument · ${formatNumber(inOrganization)} in an organisation · ${formatNumber(inProgram)} under a programme`,
    ...(review > 0
      ? [`:warning: ${formatNumber(review)} of them are weakly tied, and were to be looked at first`]
      : []),
  ];
}

function leftOut({ campaign, action, leftOut: { review, excepted, already, underWay } }: ActionPreview): string[] {
  const named = excepted.slice(0, 5).map((id) => codeText(id, 60));
  const more = excepted.length > named.length ? ' and others' : '';
  const lines = [
    ...(review > 0
      ? [
          `• ${formatNumber(review)} weakly tied, to be looked at: \`/campaign ban ${campaign} ${action} with-review\` takes them in`,
        ]
      : []),
    ...(excepted.length > 0 ? [`• ${formatNumber(excepted.length)} known to be good: ${named.join(', ')}${more}`] : []),
    ...(already > 0 ? [`• ${formatNumber(already)} that are there already`] : []),
    ...(underWay > 0 ? [`• ${formatNumber(underWay)} that another action is at`] : []),
  ];
  return lines.length === 0 ? ['nobody'] : lines;
}

function capsText({ accounts, spent, caps, approvalsNeeded }: ActionPreview): string {
  const line = (what: string, spend: number, cap: number) => `${what} ${formatNumber(spend)} of ${formatNumber(cap)}`;
  const all = [
    line('this action', accounts, caps.action.soft),
    line('you in an hour', spent.person + accounts, caps.person.soft),
    line('everyone', spent.overall + accounts, caps.overall.soft),
  ].join(' · ');
  return approvalsNeeded > 1
    ? `${all} · *over a cap: two people must approve*`
    : `${all} · one other person must approve`;
}

function modeText({ live }: ActionPreview): string {
  return live
    ? ':warning: *Live*: it is carried out as soon as it is approved.'
    : '*Dry run*: nothing is sent, since enforcement is not switched on.';
}

function digestText({ digest, accounts }: ActionPreview): string {
  return `list \`${escapeText(digest.slice(0, 12))}…${escapeText(digest.slice(-4))}\`, ${formatCount(accounts, 'account')}: the approval holds for exactly these`;
}
