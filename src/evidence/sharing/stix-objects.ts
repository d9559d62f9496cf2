import { canonicalize } from 'json-canonicalize';
import { v5 } from 'uuid';

/** A STIX object: what every one has, and more by its type. */
export type StixObject = { type: string; id: string } & Record<string, unknown>;

/** Of cyber observables, as the specification gives it (2.9): the same observable has the same id everywhere. */
const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Of everything else that Retort names, made once and never changed, so that the same dossier has the same ids. */
const RETORT_NAMESPACE = '5d0f7c9e-3b0e-5c56-9d5e-8f8f0b6c2a41';

const EPOCH = '2026-01-01T00:00:00.000Z';

/** An id that follows from what the object is about. */
export const stixId = (type: string, ...about: readonly string[]): string =>
  `${type}--${v5(about.join('\0'), RETORT_NAMESPACE)}`;

/** A UUID for the same in other formats. */
export const steadyUuid = (...about: readonly string[]): string => v5(about.join('\0'), RETORT_NAMESPACE);

/** An observable with the id that the properties which make it up give it. */
export function observable(type: string, identifying: Record<string, string>, more: object = {}): StixObject {
  const id = `${type}--${v5(canonicalize(identifying), OBSERVABLE_NAMESPACE)}`;
  return { type, spec_version: '2.1', id, ...identifying, ...more };
}

/** The program, as the maker of its extension. */
const PROGRAM: StixObject = {
  type: 'identity',
  spec_version: '2.1',
  id: stixId('identity', 'program'),
  created: EPOCH,
  modified: EPOCH,
  name: 'Retort',
  identity_class: 'system',
};

export const TRAIT_TYPE = 'retort-trait';
const EXTENSION_ID = stixId('extension-definition', TRAIT_TYPE);

/** What `retort-trait` is, for whoever has never seen one. */
export const EXTENSION: readonly StixObject[] = [
  PROGRAM,
  {
    type: 'extension-definition',
    spec_version: '2.1',
    id: EXTENSION_ID,
    created_by_ref: PROGRAM.id,
    created: EPOCH,
    modified: EPOCH,
    name: 'Retort keyed trait',
    description:
      'One thing that accounts of a model provider were seen with, as a keyed 64-bit hash. It can be compared only by those who share the key that key_id names.',
    schema:
      'An observable of type retort-trait with the properties value (string, required: 16 hexadecimal digits, the first of which codes the kind), kind (string, required: such as prompt_head or payment) and key_id (string, required: 16 hexadecimal digits that name the key). Its id follows from key_id and value.',
    version: '1.0.0',
    extension_types: ['new-sco'],
  },
];

/** A trait as an observable of its own type. */
export function traitObservable(trait: { value: string; kind: string }, keyId: string): StixObject {
  const extensions = { [EXTENSION_ID]: { extension_type: 'new-sco' } };
  return observable(TRAIT_TYPE, { value: trait.value, key_id: keyId }, { kind: trait.kind, extensions });
}

/** The traffic light's marks, with the ids that the specification fixes (7.2.1.4). STIX 2.1 has the older word for clear. */
const TLP = {
  clear: ['white', '613f2e26-407d-48c7-9eca-b8e91df99dc9'],
  green: ['green', '34098fce-860f-48ae-8e50-ebd3cc5e41da'],
  amber: ['amber', 'f88d31f6-486f-44da-b317-01333bde0b82'],
  red: ['red', '5e57c739-391a-4eb3-b6be-7d15ca92d5ed'],
} as const;

export function tlpMarking(mark: keyof typeof TLP): StixObject {
  const [colour, uuid] = TLP[mark];
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${uuid}`,
    created: '2017-01-20T00:00:00.000Z',
    definition_type: 'tlp',
    name: `TLP:${colour.toUpperCase()}`,
    definition: { tlp: colour },
  };
}
