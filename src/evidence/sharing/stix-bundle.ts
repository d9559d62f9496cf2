import { formatCount, formatPercent } from '../../slack/format.ts';
import { DAY_MS } from '../../time-units.ts';
import type { ReportInput } from '../report/report-input.ts';
import { visible } from '../visible.ts';
import { techniquesOf, techniqueUrl } from './atlas.ts';
import { type SharedTrait, sharedTraits } from './shared-traits.ts';
import {
  EXTENSION,
  observable,
  stixId,
  type StixObject,
  tlpMarking,
  TRAIT_TYPE,
  traitObservable,
} from './stix-objects.ts';

/** Accounts that are observables of their own; the table beside the bundle has all. */
const MOST_ACCOUNTS = 1_000;
/** Cards and templates are given up; an indicator that never ends accuses strangers. */
const VALID_MS = 90 * DAY_MS;
const MOST_OBSERVED = 999_999_999;

/** The campaign as a STIX 2.1 bundle. Nobody is named behind it: a threat actor is a person's word, never Retort's. */
export function stixBundle(input: ReportInput): { type: 'bundle'; id: string; objects: StixObject[] } {
  const { facts, head } = input;
  const about = [head.key_id, head.campaign];
  const marking = tlpMarking(head.tlp);
  const maker = makerOf(head.key_id, facts.campaign.createdAt);
  const common = commonOf(facts.campaign, maker.id, marking.id);
  const traits = sharedTraits(facts);
  const observables = [...traits.map((trait) => traitObservable(trait, head.key_id)), ...accountObservables(input)];
  const campaign = campaignObject(input, stixId('campaign', ...about), common);
  const observed = observedData(input, stixId('observed-data', ...about), common, observables);
  const indicators = traits.map((trait) => indicator(input, trait, common));
  const techniques = techniquesOf(facts.campaign.kind).map((technique) => ({
    ...common('attack-pattern', stixId('attack-pattern', head.key_id, technique.id)),
    name: technique.name,
    external_references: [{ source_name: 'mitre-atlas', external_id: technique.id, url: techniqueUrl(technique) }],
  }));
  const relate = (from: StixObject, kind: string, to: StixObject): StixObject => ({
    ...common('relationship', stixId('relationship', ...about, from.id, kind, to.id)),
    relationship_type: kind,
    source_ref: from.id,
    target_ref: to.id,
  });
  const relationships = [
    ...techniques.map((technique) => relate(campaign, 'uses', technique)),
    ...indicators.flatMap((each) => [
      relate(each, 'indicates', campaign),
      ...(observed === undefined ? [] : [relate(each, 'based-on', observed)]),
    ]),
  ];
  const notes = notesOf(input, campaign.id, common);
  const told = [
    campaign,
    ...techniques,
    ...(observed === undefined ? [] : [observed]),
    ...indicators,
    ...relationships,
  ];
  const grouping = {
    ...common('grouping', stixId('grouping', ...about)),
    name: `Dossier of ${head.campaign}`,
    context: 'suspicious-activity',
    object_refs: [...told, ...notes, ...observables].map(({ id }) => id),
  };
  const objects = [marking, ...EXTENSION, maker, ...told, ...observables, ...notes, grouping];
  return { type: 'bundle', id: stixId('bundle', ...about, head.as_of), objects };
}

type Common = ReturnType<typeof commonOf>;

const time = (at: number): string => new Date(at).toISOString();

const makerOf = (keyId: string, at: number): StixObject => ({
  type: 'identity',
  spec_version: '2.1',
  id: stixId('identity', keyId),
  created: time(at),
  modified: time(at),
  name: `Installation of Retort with key ${keyId}`,
  identity_class: 'system',
});

const commonOf =
  (campaign: ReportInput['facts']['campaign'], maker: string, marking: string) =>
  (type: string, id: string): StixObject => ({
    type,
    spec_version: '2.1',
    id,
    created_by_ref: maker,
    created: time(campaign.createdAt),
    modified: time(Math.max(campaign.createdAt, campaign.updatedAt)),
    object_marking_refs: [marking],
  });

function campaignObject({ facts }: ReportInput, id: string, common: Common): StixObject {
  const { campaign, accounts } = facts;
  const sure = accounts.filter(({ standing }) => standing === 'member').length;
  return {
    ...common('campaign', id),
    name: `${campaign.id}: ${campaign.kind === 'extraction' ? 'distillation campaign' : 'resale network'}`,
    description: `${formatCount(sure, 'account')}, ${campaign.status}. Tied by ${campaign.families.join(', ')}.`,
    confidence: Math.min(99, Math.floor(campaign.confidence * 100)),
    ...(campaign.kind === 'extraction' ? { objective: 'Training data for another model.' } : {}),
    ...(campaign.firstExchangeAt === null ? {} : { first_seen: time(campaign.firstExchangeAt) }),
    ...(campaign.lastExchangeAt === null ? {} : { last_seen: time(campaign.lastExchangeAt) }),
  };
}

function accountObservables({ facts, names }: ReportInput): StixObject[] {
  return facts.accounts
    .filter(({ standing }) => standing === 'member')
    .map(({ account_key }) => visible(names.account(account_key)))
    .toSorted()
    .slice(0, MOST_ACCOUNTS)
    .map((user_id) => observable('user-account', { user_id }));
}

function observedData(
  { facts: { accounts, bounds } }: ReportInput,
  id: string,
  common: Common,
  observables: readonly StixObject[],
): StixObject | undefined {
  const sure = accounts.filter(({ standing }) => standing === 'member');
  const exchanges = sure.reduce((sum, account) => sum + account.exchanges, 0);
  if (exchanges === 0 || observables.length === 0) return undefined;
  return {
    ...common('observed-data', id),
    first_observed: time(bounds.from),
    last_observed: time(bounds.to),
    number_observed: Math.min(MOST_OBSERVED, exchanges),
    object_refs: observables.map((each) => each.id),
  };
}

function indicator({ facts, head }: ReportInput, trait: SharedTrait, common: Common): StixObject {
  const { status } = facts.campaign;
  const judged = status === 'confirmed' || status === 'contained';
  return {
    ...common('indicator', stixId('indicator', head.key_id, head.campaign, trait.value)),
    name: `${trait.kind} shared by ${formatCount(trait.accounts, 'account')} of ${head.campaign}`,
    description: `Found by ${trait.detections.join(', ')}. A keyed hash: comparable only under key ${head.key_id}.`,
    indicator_types: [judged ? 'malicious-activity' : 'anomalous-activity'],
    pattern: `[${TRAIT_TYPE}:value = '${trait.value}' AND ${TRAIT_TYPE}:key_id = '${head.key_id}']`,
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: time(facts.bounds.from),
    valid_until: time(facts.bounds.to + VALID_MS),
  };
}

function notesOf(
  { facts, names, attribution, checks, head }: ReportInput,
  campaign: string,
  common: Common,
): StixObject[] {
  const { reasons } = facts.campaign.evidence;
  const about = (what: string) => common('note', stixId('note', head.key_id, head.campaign, what));
  const open = [...new Set(checks.filter(({ verdict }) => verdict === 'open').map(({ explanation }) => explanation))];
  const lines = reasons.map(
    ({ family, text, baseRate, weight }) =>
      `${family}: ${visible(names.text(text))}. Of everyone else ${formatPercent(baseRate)} show it; weight ${weight.toFixed(1)} nats.`,
  );
  return [
    {
      ...about('evidence'),
      abstract: 'How sure, and against which null',
      content: [
        `Inferred, not observed: ${formatPercent(facts.campaign.confidence)} sure, not calibrated.`,
        ...lines,
      ].join('\n'),
      object_refs: [campaign],
    },
    {
      ...about('doubts'),
      abstract: 'What could not be excluded',
      content: open.length === 0 ? 'No benign explanation that was tried is left open.' : open.join('\n'),
      object_refs: [campaign],
    },
    ...(attribution === undefined
      ? []
      : [
          {
            ...about('attribution'),
            abstract: 'A person’s statement of who is behind it',
            content: visible(
              `${attribution.statement} (${attribution.likelihood}, ${attribution.likelihood_percent.join('–')} %, ICD 203; confidence ${attribution.confidence}) It rests on: ${attribution.evidence.join('; ')}`,
            ),
            authors: [visible(attribution.stated_by)],
            object_refs: [campaign],
          },
        ]),
  ];
}
