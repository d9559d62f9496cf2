import type { Campaign } from '../../campaigns/campaign.ts';
import type { Target } from '../../campaigns/escalation.ts';
import { type Change, seenOf } from '../../campaigns/seen.ts';
import { HOUR_MS } from '../../time-units.ts';
import { personText } from '../escape-text.ts';
import { formatNumber, formatPercent, formatUtc } from '../format.ts';
import { type Block, section } from './block.ts';
import { extentOf, gradeOf } from './campaign-words.ts';
import { type Choice, choiceInput, formModal, type Modal, personInput, textInput } from './modal.ts';

interface Given<Fields> {
  /** What changed since the person began to fill it in. */
  changes: readonly Change[];
  /** What they had filled in by then. */
  fields?: Partial<Fields>;
}

/** How long a snooze may be chosen to last; the verb takes any time. */
export const SNOOZES = {
  '1h': 'an hour',
  '4h': '4 hours',
  '12h': '12 hours',
  '1d': 'a day',
  '3d': '3 days',
  '7d': 'a week',
} as const;
const SNOOZE_HOURS: Record<keyof typeof SNOOZES, number> = {
  '1h': 1,
  '4h': 4,
  '12h': 12,
  '1d': 24,
  '3d': 72,
  '7d': 168,
};

export function snoozeForm(
  campaign: Campaign,
  { changes, fields = {} }: Given<{ duration: string; reason: string }>,
  now: number,
): Modal {
  const { growth } = campaign.evidence;
  const choices = (Object.keys(SNOOZES) as (keyof typeof SNOOZES)[]).map((value) => ({
    value,
    label: `${SNOOZES[value]}, until ${formatUtc(now + SNOOZE_HOURS[value] * HOUR_MS)}`,
  }));
  return formModal({
    form: 'snooze.set',
    value: carried(campaign),
    title: `Snooze ${campaign.id}`,
    submit: 'Snooze',
    blocks: [
      ...changeBlocks(changes),
      section(
        [
          `${gradeOf(campaign)} · ${extentOf(campaign)}`,
          growth === null
            ? 'How fast it grows is not known yet.'
            : `Its exchanges were ${formatPercent(growth)} of those of the day before.`,
          'Until then growth and new evidence stay untold; a rise in severity is told at once, and ends the snooze. At its end the thread says what became of it.',
        ],
        1_500,
      ),
      choiceInput({
        name: 'duration',
        label: 'For how long',
        choices: asChoices(choices),
        initial: fields.duration ?? '4h',
      }),
      reasonInput('Why it can wait', fields.reason),
    ],
  });
}

/** What a campaign that is none is most often; the rest is said in words. */
export const CAUSES = {
  course: 'A course or a hackathon',
  evaluation: 'A public evaluation or benchmark',
  application: 'An application of many customers',
  company: 'One company or programme',
  own: 'Our own test',
  other: 'Something else',
} as const;

export function dismissForm(
  campaign: Campaign,
  { changes, fields = {} }: Given<{ cause: string; reason: string }>,
): Modal {
  const choices = Object.entries(CAUSES).map(([value, label]) => ({ value, label }));
  return formModal({
    form: 'dismiss.set',
    value: carried(campaign),
    title: `Dismiss ${campaign.id}`,
    submit: 'Dismiss',
    blocks: [
      ...changeBlocks(changes),
      section(
        [
          `${gradeOf(campaign)} · ${extentOf(campaign)}`,
          'It falls silent, and the detections that found it lose precision. It comes back by itself only when it has three times the accounts.',
        ],
        1_200,
      ),
      choiceInput({
        name: 'cause',
        label: 'What it is instead',
        choices: asChoices(choices),
        ...(fields.cause === undefined ? {} : { initial: fields.cause }),
      }),
      reasonInput('How you know', fields.reason),
    ],
  });
}

export function reopenForm(campaign: Campaign, { changes, fields = {} }: Given<{ reason: string }>): Modal {
  return formModal({
    form: 'reopen.set',
    value: carried(campaign),
    title: `Reopen ${campaign.id}`,
    submit: 'Reopen',
    blocks: [
      ...changeBlocks(changes),
      section(
        [`${gradeOf(campaign)} · ${extentOf(campaign)}`, 'It waits for an answer again, and its channel is told.'],
        1_200,
      ),
      reasonInput('Why', fields.reason),
    ],
  });
}

export function assignForm(campaign: Campaign, { changes, fields = {} }: Given<{ person: string }>): Modal {
  const has = campaign.assigned === null ? 'Nobody is assigned.' : `${personText(campaign.assigned.to)} is assigned.`;
  return formModal({
    form: 'assign.set',
    value: carried(campaign),
    title: `Assign ${campaign.id}`,
    submit: 'Assign',
    blocks: [
      ...changeBlocks(changes),
      section(
        [`${gradeOf(campaign)} · ${extentOf(campaign)}`, `${has} Whoever you pick is told in the thread.`],
        1_200,
      ),
      personInput({ name: 'person', label: 'Who', ...(fields.person === undefined ? {} : { initial: fields.person }) }),
    ],
  });
}

const TARGETS: Record<Target, { label: string; tells: string }> = {
  pagerduty: { label: 'PagerDuty', tells: '*PagerDuty* calls who is on call there.' },
  webhook: { label: 'The escalation webhook', tells: '*The escalation webhook* tells whoever listens to it.' },
  legal: {
    label: 'Legal and policy',
    tells:
      '*Legal and policy*: preserve evidence, do not tip off. It places a hold, which stops bans until it is lifted.',
  },
};

/** `targets`: who can be reached. */
export function escalateForm(
  campaign: Campaign,
  { changes, fields = {} }: Given<{ target: string; reason: string }>,
  targets: readonly Target[],
): Modal {
  return formModal({
    form: 'escalate.set',
    value: carried(campaign),
    title: `Escalate ${campaign.id}`,
    submit: 'Escalate',
    blocks: [
      ...changeBlocks(changes),
      section(
        [
          `${gradeOf(campaign)} · ${extentOf(campaign)}`,
          ...targets.map((target) => TARGETS[target].tells),
          'No account’s name leaves Slack. They hear when it is acknowledged here, and when it is over.',
        ],
        1_500,
      ),
      choiceInput({
        name: 'target',
        label: 'To whom',
        choices: asChoices(targets.map((value) => ({ value, label: TARGETS[value].label }))),
        ...(fields.target === undefined ? {} : { initial: fields.target }),
      }),
      reasonInput('Why', fields.reason),
    ],
  });
}

/** How long something may be chosen to be known to be good; the verb takes any end. */
export const ALLOWANCES = { '7d': 'a week', '30d': '30 days', '90d': '90 days', '365d': 'a year' } as const;

export function allowForm(owner: string): Modal {
  const ends = Object.entries(ALLOWANCES).map(([value, label]) => ({ value, label }));
  return formModal({
    form: 'allow.set',
    value: '-',
    title: 'Known to be good',
    submit: 'Add',
    blocks: [
      section(['It is left out of campaigns from the next run of the detections on, until its end.'], 400),
      choiceInput({
        name: 'kind',
        label: 'What',
        choices: [
          { value: 'organization', label: 'An organisation' },
          { value: 'account', label: 'An account' },
          { value: 'trait', label: 'A trait, as findings name it' },
        ],
      }),
      textInput({ name: 'id', label: 'Its id', max: 128 }),
      choiceInput({ name: 'end', label: 'For how long', choices: asChoices(ends), initial: '30d' }),
      personInput({ name: 'owner', label: 'Who answers for it', initial: owner }),
      reasonInput('Why it is good', undefined),
    ],
  });
}

function reasonInput(label: string, initial: string | undefined) {
  const hint = 'The next person reads this, and so does the record.';
  return textInput({
    name: 'reason',
    label,
    hint,
    max: 500,
    lines: 'many',
    ...(initial === undefined ? {} : { initial }),
  });
}

function carried(campaign: Campaign): string {
  return JSON.stringify(seenOf(campaign));
}

function changeBlocks(changes: readonly Change[]): Block[] {
  if (changes.length === 0) return [];
  return [
    section(
      [
        ':warning: *It changed while you were writing; nothing was done yet.*',
        ...changes.map((change) => `• ${changeText(change)}`),
        'Submit again if that is still what you want.',
      ],
      1_000,
    ),
  ];
}

function changeText(change: Change): string {
  switch (change.what) {
    case 'status':
      return `It was ${change.from} and is ${change.to} now${change.by === null ? '' : `, by ${personText(change.by)}`}.`;
    case 'severity':
      return `Its severity was ${change.from} and is ${change.to} now.`;
    case 'accounts':
      return `It had ${formatNumber(change.from)} accounts and has ${formatNumber(change.to)} now.`;
    case 'snoozed':
      return 'Somebody snoozed it.';
    default:
      return 'It is not snoozed any more.';
  }
}

function asChoices(choices: Choice[]): [Choice, ...Choice[]] {
  const [first, ...rest] = choices;
  if (first === undefined) throw new Error('a menu needs a choice');
  return [first, ...rest];
}
