import { z } from 'zod';

/**
 * STIX 2.1 for the object types that a dossier uses, written from the specification: the published JSON schemas come in
 * no package. Stricter than those: no property that the specification does not give.
 */
const Uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const id = (type: string) => z.string().regex(new RegExp(`^${type}--${Uuid}$`));
const Ref = z.string().regex(new RegExp(`^[a-z][a-z0-9-]+--${Uuid}$`));
const Refs = z.array(Ref).min(1);
const Time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const Text = z.string().min(1);

const common = <Type extends string>(type: Type) => ({
  type: z.literal(type),
  spec_version: z.literal('2.1'),
  id: id(type),
  created: Time,
  modified: Time,
  created_by_ref: id('identity').optional(),
  object_marking_refs: z.array(id('marking-definition')).min(1).optional(),
  confidence: z.number().int().min(0).max(100).optional(),
  external_references: z
    .array(z.strictObject({ source_name: Text, external_id: Text.optional(), url: z.url().optional() }))
    .min(1)
    .optional(),
});

const StixObject = z.discriminatedUnion('type', [
  z.strictObject({ ...common('identity'), name: Text, identity_class: z.enum(['system', 'organization']) }),
  z.strictObject({
    ...common('extension-definition'),
    created_by_ref: id('identity'),
    name: Text,
    description: Text,
    schema: Text,
    version: z.string().regex(/^\d+\.\d+\.\d+$/),
    extension_types: z.array(z.enum(['new-sco'])).min(1),
  }),
  z.strictObject({
    type: z.literal('marking-definition'),
    spec_version: z.literal('2.1'),
    id: z.enum([
      'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
      'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
      'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
      'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
    ]),
    created: z.literal('2017-01-20T00:00:00.000Z'),
    definition_type: z.literal('tlp'),
    name: z.enum(['TLP:WHITE', 'TLP:GREEN', 'TLP:AMBER', 'TLP:RED']),
    definition: z.strictObject({ tlp: z.enum(['white', 'green', 'amber', 'red']) }),
  }),
  z.strictObject({
    ...common('campaign'),
    name: Text,
    description: Text,
    first_seen: Time,
    last_seen: Time,
    objective: Text.optional(),
  }),
  z.strictObject({ ...common('attack-pattern'), name: Text }),
  z.strictObject({
    ...common('indicator'),
    name: Text,
    description: Text,
    indicator_types: z.array(z.enum(['anomalous-activity', 'malicious-activity'])).min(1),
    pattern: z.string().regex(/^\[retort-trait:value = '[0-9a-f]{16}' AND retort-trait:key_id = '[0-9a-f]{16}'\]$/),
    pattern_type: z.literal('stix'),
    pattern_version: z.literal('2.1'),
    valid_from: Time,
    valid_until: Time,
  }),
  z.strictObject({
    ...common('observed-data'),
    first_observed: Time,
    last_observed: Time,
    number_observed: z.number().int().min(1).max(999_999_999),
    object_refs: z.array(Ref.regex(/^(user-account|retort-trait)--/)).min(1),
  }),
  z.strictObject({
    ...common('relationship'),
    relationship_type: z.enum(['uses', 'indicates', 'based-on']),
    source_ref: Ref,
    target_ref: Ref,
  }),
  z.strictObject({
    ...common('grouping'),
    name: Text,
    context: z.enum(['suspicious-activity', 'malware-analysis', 'unspecified']),
    object_refs: Refs,
  }),
  z.strictObject({
    ...common('note'),
    abstract: Text,
    content: Text,
    authors: z.array(Text).min(1).optional(),
    object_refs: Refs,
  }),
  z.strictObject({
    type: z.literal('user-account'),
    spec_version: z.literal('2.1'),
    id: id('user-account'),
    user_id: Text,
  }),
  z.strictObject({
    type: z.literal('retort-trait'),
    spec_version: z.literal('2.1'),
    id: id('retort-trait'),
    value: z.string().regex(/^[0-9a-f]{16}$/),
    key_id: z.string().regex(/^[0-9a-f]{16}$/),
    kind: Text,
    extensions: z.record(id('extension-definition'), z.strictObject({ extension_type: z.literal('new-sco') })),
  }),
]);

export const StixBundle = z.strictObject({ type: z.literal('bundle'), id: id('bundle'), objects: z.array(StixObject) });

/** The core format of MISP for what a dossier uses of it. */
export const MispFile = z.strictObject({
  Event: z.strictObject({
    uuid: z.uuid(),
    info: Text,
    date: z.iso.date(),
    timestamp: z.string().regex(/^\d+$/),
    threat_level_id: z.enum(['1', '2', '3', '4']),
    analysis: z.enum(['0', '1', '2']),
    distribution: z.enum(['0', '1', '2', '3']),
    published: z.boolean(),
    Tag: z.array(z.strictObject({ name: z.string().regex(/^tlp:(clear|green|amber|red)$/) })),
    Attribute: z.array(
      z.strictObject({
        uuid: z.uuid(),
        type: z.enum(['other', 'link', 'comment']),
        category: z.enum(['Other', 'External analysis', 'Attribution']),
        value: Text,
        comment: z.string(),
        to_ids: z.literal(false),
        distribution: z.literal('5'),
        timestamp: z.string().regex(/^\d+$/),
      }),
    ),
  }),
});
