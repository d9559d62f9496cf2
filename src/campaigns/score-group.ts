import { indexByAccount } from './by-account.ts';
import type { Family, Kind, Reason } from './campaign.ts';
import {
  alikeIn,
  type Comparison,
  FAMILY_COUNTS,
  type Finding,
  findEvidence,
  type Support,
  supportsOf,
} from './find-evidence.ts';
import { confidenceOf } from './confidence-of.ts';
import type { Group } from './group-hits.ts';
import type { AccountKey, Hit } from './hit.ts';
import { judgeMembers, type Member, SURE, sureMembers, tiedAccounts, typicalTie } from './judge-members.ts';
import { recruitMembers } from './recruit-members.ts';

/** What is known of an account beyond its traffic. */
export interface AccountFacts {
  accountId: string;
  organizationId: string | null;
  program: string | null;
}

export interface ScoringInput extends Comparison {
  hits: readonly Hit[];
  facts: ReadonlyMap<AccountKey, AccountFacts>;
}

/** A group with what speaks for it. */
export interface ScoredGroup {
  kind: Kind;
  confidence: number;
  families: Family[];
  reasons: Reason[];
  /** The logarithm of the odds before its evidence. */
  prior: number;
  /** How strongly its accounts are typically tied. */
  typicalTie: number;
  members: Member[];
  ruledOut: string[];
}

/** A benign explanation that holds. */
export interface Explained {
  benign: 'one_organization' | 'contract' | 'too_small';
}

/** Few groups that share something are campaigns: the natural logarithm of the odds before any evidence. */
export const PRIOR = -9;
/** About as many accounts as the worlds have that it was measured in: docs/detection-benchmark.md. */
const PRIOR_ACCOUNTS = 1_500;
/**
 * No family convicts: each counts at most so much, so that it takes two of the hard ones, or three, to pass the prior.
 * Lower where honest groups show it more often: servers know no night, launches make cohorts, SDKs share clients.
 */
export const FAMILY_CAPS: Record<Family, number> = {
  content: 6,
  payment: 6,
  network: 5,
  timing: 4.5,
  behaviour: 4,
  client: 2.5,
  identity: 2.5,
};
const SMALLEST_GROUP = 5;
/** A group as sure as this may name accounts that nothing ties to it, for being like it. */
const SEED_CONFIDENCE = 0.9;

/** A scorer of this run's groups: family by family, how much more of each finding a group has than everyone else. */
export function createScorer(input: ScoringInput): (group: Group) => ScoredGroup | Explained {
  const supports = supportsOf(input.hits);
  const tiesOf = indexByAccount(
    input.hits.filter(({ role }) => role === 'ties'),
    ({ accounts }) => accounts,
  );
  return (group) => scoreGroup(group, { supports, tiesOf, input });
}

/** What all groups of a run are scored with. */
interface Run {
  supports: readonly Support[];
  tiesOf: ReadonlyMap<AccountKey, readonly Hit[]>;
  input: ScoringInput;
}

function scoreGroup(group: Group, run: Run): ScoredGroup | Explained {
  const { supports, input } = run;
  const evidenceOf = (accounts: ReadonlySet<AccountKey>) =>
    findEvidence(accounts, group, supports, input, alikeIn(findEvidence(accounts, group, supports, input), accounts));
  const first = evidenceOf(tiedAccounts(group));
  // Twice: bystanders make what the others have in common look less so, and their template look less public.
  const likely = sureMembers(judgeMembers(group, first));
  const judged =
    likely.size < SMALLEST_GROUP ? judgeMembers(group, first) : judgeMembers(group, evidenceOf(likely), likely.size);
  // Before contracted accounts are spared: where they are many, the others are likely of the same business.
  const owner = ownerExplains(sureMembers(judged), input.facts);
  if (owner) return { benign: owner };
  const members = judged.map((member) => sparingContracts(member, input.facts));
  const core = sureMembers(members);
  if (core.size < SMALLEST_GROUP) return { benign: 'too_small' };

  // Anew, of those who are sure to belong: strays would hide how much the others have in common.
  const findings = evidenceOf(core).map((finding) => lessened(finding, first));
  const families = new Map<Family, number>();
  for (const { reason } of findings) {
    families.set(
      reason.family,
      Math.min(FAMILY_CAPS[reason.family], Math.max(reason.weight, families.get(reason.family) ?? 0)),
    );
  }
  // Plain work that is dealt out is a queue's, and most queues are honest: it speaks only where the output is drawn, too.
  if ((families.get('behaviour') ?? 0) < FAMILY_COUNTS && !isElicited(core, group)) families.delete('content');
  const prior = priorOf(input.activeAccounts);
  const counted = [...families].filter(([, weight]) => weight >= FAMILY_COUNTS).map(([family]) => family);
  const logOdds = [...families.values()].reduce((sum, weight) => sum + Math.max(0, weight), prior);
  const telling = findings.filter(({ reason }) => families.has(reason.family) && reason.weight >= FAMILY_COUNTS);
  const confidence = confidenceOf(logOdds);
  const all = confidence < SEED_CONFIDENCE ? members : withRecruits(members, core, run);
  return {
    kind: kindOf(counted),
    confidence,
    families: counted,
    reasons: telling.map(({ reason }) => reason),
    prior,
    typicalTie: typicalTie(group),
    members: all.map((member) => ({
      ...member,
      detections: telling.filter(({ covered }) => covered.has(member.account)).map(({ reason }) => reason.detection),
    })),
    ruledOut: ['one organisation', 'a contract or programme'],
  };
}

/** Twice as many accounts make twice as many groups that share something, and hardly more campaigns. */
const priorOf = (activeAccounts: number): number => PRIOR - Math.log(Math.max(1, activeAccounts / PRIOR_ACCOUNTS));

/**
 * A finding that counts no more than among all whom the ties name: who belongs is chosen for what they have in common, and of
 * two hundred who share a phrase some fifty always know no night.
 */
function lessened(finding: Finding, among: readonly Finding[]): Finding {
  if (finding.hits[0]?.role !== 'supports') return finding;
  const wide = among.find(({ reason }) => reason.detection === finding.reason.detection)?.reason.weight ?? 0;
  return { ...finding, reason: { ...finding.reason, weight: Math.min(finding.reason.weight, wide) } };
}

/** The members, with those whom no tie names, or names weakly, and who are like the group. */
function withRecruits(
  members: readonly Member[],
  core: ReadonlySet<AccountKey>,
  { supports, tiesOf, input }: Run,
): Member[] {
  const all = new Map(members.map((member) => [member.account, member]));
  for (const [account, strength] of recruitMembers(core, supports, tiesOf, input)) {
    all.set(account, sparingContracts({ account, strength, standing: 'member', detections: [] }, input.facts));
  }
  return [...all.values()];
}

/** True where content that asks for what a student model learns from reaches at least half of these accounts. */
function isElicited(core: ReadonlySet<AccountKey>, group: Group): boolean {
  const eliciting = group.ties.filter((hit) => hit.family === 'content' && hit.evidence['elicits'] !== 0);
  const reached = new Set(eliciting.flatMap((hit) => hit.accounts).filter((account) => core.has(account)));
  return reached.size >= core.size / 2;
}

/** Programmes that come with a contract: somebody knows who these are. The others are granted on a claim. */
const CONTRACTS = new Set(['enterprise', 'reseller']);
/** Nats that an account of a programme granted on a claim must have beyond those of a stranger. */
const PROGRAM_DOUBT = 4;

/** An account that the provider gave a contract or programme is no stranger: it takes a person, or far more, to accuse it. */
function sparingContracts(member: Member, facts: ScoringInput['facts']): Member {
  const program = facts.get(member.account)?.program ?? 'none';
  const isSpared = program !== 'none' && (CONTRACTS.has(program) || member.strength < SURE + PROGRAM_DOUBT);
  return isSpared ? { ...member, standing: 'review' } : member;
}

/** Extraction asks for what a student model learns from: dealt templates, or output drawn without pause. */
function kindOf(families: readonly Family[]): Kind {
  const has = (family: Family) => families.includes(family);
  return has('content') || (has('behaviour') && has('timing')) ? 'extraction' : 'resale';
}

function ownerExplains(core: ReadonlySet<AccountKey>, facts: ScoringInput['facts']): Explained['benign'] | undefined {
  const known = [...core].flatMap((account) => facts.get(account) ?? []);
  const organizations = new Map<string, number>();
  for (const { organizationId } of known) {
    if (organizationId !== null) organizations.set(organizationId, (organizations.get(organizationId) ?? 0) + 1);
  }
  if ([...organizations.values()].some((count) => count > known.length / 2)) return 'one_organization';
  const contracted = known.filter(({ program }) => program !== null && program !== 'none').length;
  return contracted > known.length / 2 ? 'contract' : undefined;
}
