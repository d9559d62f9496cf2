import { formatPercent } from '../../slack/format.ts';
import type { ReportInput } from '../report/report-input.ts';
import { visible } from '../visible.ts';
import { techniquesOf, techniqueUrl } from './atlas.ts';
import { sharedTraits } from './shared-traits.ts';
import { steadyUuid, TRAIT_TYPE } from './stix-objects.ts';

interface MispAttribute {
  uuid: string;
  type: string;
  category: string;
  value: string;
  comment: string;
  to_ids: boolean;
  /** 5: as the event. */
  distribution: '5';
  timestamp: string;
}

const THREAT_LEVEL = { critical: '1', high: '1', medium: '2', low: '3' } as const;

/** The campaign as a MISP event: not published, for one's own organisation until a person decides otherwise. */
export function mispEvent({ facts, names, head, attribution }: ReportInput): { Event: object } {
  const { campaign } = facts;
  const seconds = (at: number): string => String(Math.floor(at / 1_000));
  const attribute = (type: string, category: string, value: string, comment: string): MispAttribute => ({
    uuid: steadyUuid('misp', head.key_id, campaign.id, type, value, comment),
    type,
    category,
    value,
    comment,
    to_ids: false,
    distribution: '5',
    timestamp: seconds(campaign.updatedAt),
  });
  const judged = campaign.status !== 'suspected' && campaign.status !== 'acknowledged';
  return {
    Event: {
      uuid: steadyUuid('misp', head.key_id, campaign.id),
      info: `${campaign.id}: ${campaign.kind === 'extraction' ? 'distillation campaign' : 'resale network'} against a model API, ${campaign.status}, ${formatPercent(campaign.confidence)} sure`,
      date: new Date(campaign.createdAt).toISOString().slice(0, 10),
      timestamp: seconds(campaign.updatedAt),
      threat_level_id: THREAT_LEVEL[campaign.severity],
      // 2 is complete, 1 ongoing.
      analysis: judged ? '2' : '1',
      distribution: '0',
      published: false,
      Tag: [{ name: `tlp:${head.tlp}` }],
      Attribute: [
        ...sharedTraits(facts).map(({ value, kind, accounts, detections }) =>
          attribute(
            'other',
            'Other',
            `${TRAIT_TYPE}:${value}`,
            `${kind}, keyed hash under key ${head.key_id}; ${accounts} accounts; ${detections.join(', ')}`,
          ),
        ),
        ...techniquesOf(campaign.kind).map((technique) =>
          attribute('link', 'External analysis', techniqueUrl(technique), `${technique.id} ${technique.name}`),
        ),
        ...campaign.evidence.reasons.map(({ family, text }) =>
          attribute('comment', 'Other', visible(names.text(text)), `${family}: inferred, not observed`),
        ),
        ...(attribution === undefined
          ? []
          : [
              attribute(
                'comment',
                'Attribution',
                visible(attribution.statement),
                visible(`${attribution.likelihood} (ICD 203), stated by ${attribution.stated_by}`),
              ),
            ]),
      ],
    },
  };
}
