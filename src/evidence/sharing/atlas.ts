import type { Kind } from '../../campaigns/campaign.ts';

/** A technique of MITRE ATLAS. */
export interface Technique {
  id: string;
  name: string;
}

const ACCESS: Technique = { id: 'AML.T0040', name: 'AI Model Inference API Access' };
const EXTRACT: Technique = { id: 'AML.T0024.002', name: 'Extract AI Model' };

/** What a campaign of this kind does, in ATLAS's terms; resold access extracts nothing. */
export const techniquesOf = (kind: Kind): Technique[] => (kind === 'extraction' ? [EXTRACT, ACCESS] : [ACCESS]);

export const techniqueUrl = ({ id }: Technique): string => `https://atlas.mitre.org/techniques/${id}`;
