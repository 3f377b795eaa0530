import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { Field } from './field.ts';
import type { ChildRelationship, SObject } from './sobject.ts';
import { ACTIVITIES } from './standard/activities.ts';
import { ORG } from './standard/org.ts';
import { PEOPLE } from './standard/people.ts';
import { SALES } from './standard/sales.ts';

/** Every object of the org by its name in lower case, custom fields included. */
export type Schema = {
  objects: SObject[];
  /** Names are the same whatever their case. */
  find: (name: string) => SObject | undefined;
  field: (object: SObject, name: string) => Field | undefined;
  /** The lookup that a relationship name ("Owner", "Account", "Thing__r") stands for. */
  lookup: (object: SObject, relationship: string) => Field | undefined;
  children: (object: SObject) => ChildRelationship[];
  addField: (store: Store, object: SObject, field: Field) => void;
  /** Grows with each added field. */
  version: () => number;
};

/** How children are called where it is not simply the plural of their name. */
const CHILD_NAMES: Record<string, string> = {
  'Case.ParentId': 'Cases',
  'OpportunityHistory.OpportunityId': 'OpportunityHistories',
  'OpportunityFieldHistory.OpportunityId': 'Histories',
  'LeadHistory.LeadId': 'Histories',
  'EmailMessage.ParentId': 'EmailMessages',
  'EmailMessage.RelatedToId': 'Emails',
  'Account.ParentId': 'ChildAccounts',
  'Campaign.ParentId': 'ChildCampaigns',
  'GroupMember.GroupId': 'GroupMembers',
  'PricebookEntry.Product2Id': 'PricebookEntries',
  'PricebookEntry.Pricebook2Id': 'PricebookEntries',
};
const CHILD_FIELDS =
  /^(?:AccountId|ContactId|LeadId|OpportunityId|CampaignId|WhoId|WhatId|ParentId|RelatedToId|GroupId|EmailMessageId|Product2Id|Pricebook2Id|.+__c)$/;

function childName(child: SObject, field: Field): string {
  const known = CHILD_NAMES[`${child.name}.${field.name}`];
  if (known) return known;
  if (field.custom) return `${child.labelPlural.replaceAll(' ', '')}__r`;
  return child.name.endsWith('y') ? `${child.name.slice(0, -1)}ies` : `${child.name}s`;
}

export function openSchema(store: Store): Schema {
  const copies = [...PEOPLE, ...SALES, ...ACTIVITIES, ...ORG].map(one => ({
    ...one,
    fields: [...one.fields],
  }));
  const objects = copies.toSorted((a, b) => a.name.localeCompare(b.name));
  const byName = new Map(objects.map(one => [one.name.toLowerCase(), one]));
  const fields = new Map(
    objects.map(one => [one.name, new Map(one.fields.map(field => [field.name.toLowerCase(), field]))]),
  );
  let version = 0;
  const put = (object: SObject, field: Field) => {
    const known = fields.get(object.name)!;
    if (known.has(field.name.toLowerCase())) {
      object.fields = object.fields.map(one => (one.name === field.name ? field : one));
    } else object.fields.push(field);
    known.set(field.name.toLowerCase(), field);
    version += 1;
  };
  for (const row of store.all('SELECT object, definition FROM sf_field')) {
    const object = byName.get(String(row['object']).toLowerCase());
    if (object) put(object, JSON.parse(String(row['definition'])) as Field);
  }
  return {
    objects,
    find: name => byName.get(name.toLowerCase()),
    field: (object, name) => fields.get(object.name)?.get(name.toLowerCase()),
    lookup: (object, relationship) =>
      object.fields.find(one => one.relationshipName?.toLowerCase() === relationship.toLowerCase()),
    children: object =>
      objects.flatMap(child =>
        child.fields
          .filter(one => one.referenceTo.includes(object.name) && CHILD_FIELDS.test(one.name))
          .map(one => ({
            childSObject: child.name,
            field: one.name,
            relationshipName: childName(child, one),
          })),
      ),
    addField: (target, object, field) => {
      const sql = 'INSERT OR REPLACE INTO sf_field VALUES (?, ?, ?)';
      target.run(sql, object.name, field.name, JSON.stringify(field));
      put(object, field);
    },
    version: () => version,
  };
}
