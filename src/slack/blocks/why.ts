import type { AccountProfile } from '../../campaigns/account-profile.ts';
import type { Campaign } from '../../campaigns/campaign.ts';
import type { DetectionQuery } from '../../campaigns/detection-desk.ts';
import { cleanText, codeText, escapeText } from '../escape-text.ts';
import { formatPercent, formatTime, formatUtc } from '../format.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import { evidenceBlocks } from './campaign-detail.ts';
import { hitLine } from './account.ts';
import { type Message, messageOf, noticeOf } from './message.ts';

/** A message holds about 13,000 characters; the query is shown up to here. */
const SQL_MAX = 5_500;
const CHUNK = 2_500;

/** Why a campaign is thought to be one: its evidence, what each detection means, and where its query is to be had. */
export function whyCampaign(campaign: Campaign, queries: readonly DetectionQuery[]): Message {
  const meanings = queries.map(
    ({ id, looksFor, benignCauses }) =>
      `• ${codeText(id, 60)} ${escapeText(looksFor, 220)} _Harmless causes:_ ${escapeText(benignCauses.join('; '), 200)}`,
  );
  const rates = campaign.evidence.reasons.map(
    ({ detection, baseRate }) => `${codeText(detection, 60)} ${formatPercent(baseRate)}`,
  );
  return messageOf([
    ...evidenceBlocks(campaign),
    rates.length === 0 ? null : section([`*Shown by everyone else* ${rates.slice(0, 10).join(', ')}`], 800),
    meanings.length === 0 ? null : section(['*What was looked for*', ...meanings], 1_600),
    queryButtons(queries.map(({ id }) => id)),
    context(['`/campaign why` with an account’s id after the campaign’s tells of that account alone.']),
  ]);
}

/** Why one account is in a campaign, or that it is not. */
export function whyAccount({ id, detections }: Pick<Campaign, 'id' | 'detections'>, profile: AccountProfile): Message {
  const membership = profile.campaigns.find(({ campaign }) => campaign === id);
  const account = codeText(profile.accountId);
  if (membership === undefined) return noticeOf(`${account} is not in ${id}, and was not.`);
  const { standing, joinedAt, leftAt } = membership;
  const standingText =
    leftAt !== null
      ? `left ${id} ${formatTime(leftAt)}`
      : standing === 'member'
        ? `belongs to ${id} since ${formatTime(joinedAt)}`
        : `is tied too loosely to ${id} to be called a member: a person is to look at it`;
  const own = profile.hits.filter(({ detection }) => detections.includes(detection));
  const found = membership.detections;
  return messageOf([
    header(`${id} · Why this account`),
    section([`${account} ${standingText}.`], 600),
    section([
      `*Found by* ${escapeText(found.join(', ') || 'nothing that is still recorded', 400)}`,
      ...(own.length === 0 ? ['None of these findings is present any more.'] : own.map(hitLine)),
    ]),
    queryButtons(found),
  ]);
}

/** The very query that a detection runs, with what its numbers stand for. */
export function whyQuery(query: DetectionQuery): Message {
  const { id, title, looksFor, knownGaps, runbook, windowEnd } = query;
  const text = tidy(query.sql);
  const shown = text.slice(0, SQL_MAX);
  const chunks = Array.from({ length: Math.ceil(shown.length / CHUNK) }, (_, index) =>
    shown.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const values = query.values.map((value, index) => `$${index + 1} = ${codeText(JSON.stringify(value) ?? 'null', 60)}`);
  return messageOf([
    header(`${cleanText(id, 80)} · Query`),
    section(
      [`*${escapeText(title, 150)}* ${escapeText(looksFor, 300)}`, `*Look first* ${escapeText(runbook, 300)}`],
      900,
    ),
    ...chunks.map((chunk) => codeSection(chunk)),
    section([`*Parameters* ${parameterText(query.params)}`], 800),
    values.length === 0 ? null : section([values.join(', ')], 1_200),
    context([
      `Over the window that ends ${formatUtc(windowEnd)}, read-only, with a time limit.`,
      ...(text.length > shown.length ? ['The query goes on: `src/detections` has all of it.'] : []),
      ...(knownGaps.length === 0 ? [] : [`It does not see: ${escapeText(knownGaps.join('; '), 300)}`]),
    ]),
  ]);
}

function parameterText(params: DetectionQuery['params']): string {
  const all = Object.entries(params).map(
    ([name, value]) => `${escapeText(name, 40)} ${codeText(JSON.stringify(value) ?? 'null', 40)}`,
  );
  return all.length === 0 ? 'none' : all.join(', ');
}

/** A button for each detection's query; nothing where there are none. */
function queryButtons(ids: readonly string[]): Block | null {
  const named = [...new Set(ids.map((id) => cleanText(id, 60)))].filter((id) => id !== '').slice(0, 13);
  if (named.length === 0) return null;
  return actions(
    named.map((id, index) => button(`why.query:${index}`, `SQL of ${id}`, id)),
    'queries',
  );
}

/** A code block of one's own: an escaped character may be longer than Slack's limit allows, so chunks are short. */
function codeSection(sql: string): Block {
  const escaped = sql.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('`', 'ˋ');
  return { type: 'section', text: { type: 'mrkdwn', text: `\`\`\`${escaped.slice(0, 2_990)}\`\`\``, verbatim: true } };
}

/** Without the indentation that the source file gave it, and without empty lines. */
function tidy(sql: string): string {
  return sql
    .split('\n')
    .map((line) => line.replace(/^ {4}/, '').trimEnd())
    .filter((line) => line.trim() !== '')
    .join('\n')
    .replaceAll(/\p{Cf}|[^\P{Cc}\n]/gu, ' ');
}
