import { derived, field, flag, moment, ref, required, type Field } from './field.ts';

export type ChildRelationship = { childSObject: string; field: string; relationshipName: string };

/** An object of the org: what it is called, which ids it has, its fields, and what its interface allows. */
export type SObject = {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  fields: Field[];
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  /** Has change events. */
  tracked: boolean;
  custom: boolean;
  /** Field names whose changes make rows of a history object. */
  history?: { object: string; parent: string; fields: string[] };
};

type More = Partial<Pick<SObject, 'label' | 'labelPlural' | 'tracked' | 'history'>> & {
  /** Rows that only the org itself makes. */
  readOnly?: boolean;
};

const AUDIT = (): Field[] => [
  derived(required(moment('CreatedDate'))),
  derived(required(ref('CreatedById', 'User', { label: 'Created By ID' }))),
  derived(required(moment('LastModifiedDate'))),
  derived(required(ref('LastModifiedById', 'User', { label: 'Last Modified By ID' }))),
  derived(required(moment('SystemModstamp'))),
];

export function sobject(name: string, keyPrefix: string, fields: Field[], more: More = {}): SObject {
  const { readOnly = false, tracked = false, ...rest } = more;
  const label = rest.label ?? name.replace(/([a-z])([A-Z0-9])/g, '$1 $2');
  const plural = label.endsWith('y') ? `${label.slice(0, -1)}ies` : `${label}s`;
  return {
    name,
    label,
    labelPlural: rest.labelPlural ?? plural,
    keyPrefix,
    fields: [
      derived(required(field('Id', 'id', { length: 18, label: `${label} ID` }))),
      derived(flag('IsDeleted')),
      ...fields,
      ...AUDIT(),
    ],
    createable: !readOnly,
    updateable: !readOnly,
    deletable: !readOnly,
    tracked,
    custom: name.endsWith('__c'),
    ...(rest.history ? { history: rest.history } : {}),
  };
}
