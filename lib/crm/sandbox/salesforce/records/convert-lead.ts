import { inTransaction, type Actor, type Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import type { SObject } from '../model/sobject.ts';
import { rowsPointingAt, type Fields, type Row, type Value } from '../store/rows.ts';
import { changeRecord, plantRecord, removeRow, requireRow } from './write-record.ts';

export type Conversion = { contactId: string; accountId: string; opportunityId: string | null };

const ADDRESS = ['Street', 'City', 'State', 'PostalCode', 'Country'];

function pick(from: Fields, names: readonly string[], to: (name: string) => string): Fields {
  return Object.fromEntries(names.map(name => [to(name), from[name] ?? null]));
}

function need(org: Org, name: string): SObject {
  return org.schema.find(name)!;
}

/** Activities and campaign memberships of the losing record go to the one that stays. */
function moveChildren(org: Org, actor: Actor, from: string, to: string, fields: [string, string][]): void {
  for (const [type, field] of fields) {
    for (const row of rowsPointingAt(org.store, type, field, from)) {
      changeRecord(org, actor, need(org, type), row, { [field]: to });
    }
  }
}

/**
 * Turns a lead into a contact, an account (an old one where `accountId` is given) and, unless told otherwise, an
 * opportunity. REST has no call for it; on Salesforce's pages it is a button.
 */
export function convertLead(
  org: Org,
  actor: Actor,
  id: string,
  options: { accountId?: string; opportunityName?: string | null; stage?: string } = {},
): Conversion {
  return inTransaction(org, () => {
    const leadObject = need(org, 'Lead');
    const lead = requireRow(org, leadObject, id);
    if (lead.fields['IsConverted'] === true) {
      throw new SalesforceRefusal('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    const today = new Date(org.store.now()).toISOString().slice(0, 10);
    const { fields } = lead;
    const shared: Fields = { OwnerId: fields['OwnerId'] ?? actor.userId };
    const company: Value = fields['Company'] ?? '';
    const account = options.accountId
      ? requireRow(org, need(org, 'Account'), options.accountId)
      : plantRecord(org, actor, need(org, 'Account'), {
          ...shared,
          Name: company,
          ...pick(
            fields,
            ['Phone', 'Website', 'Industry', 'NumberOfEmployees', 'AnnualRevenue'],
            name => name,
          ),
          ...pick(fields, ADDRESS, name => `Billing${name}`),
        });
    const copied = [
      'FirstName',
      'LastName',
      'Salutation',
      'Email',
      'Phone',
      'MobilePhone',
      'Title',
      'LeadSource',
    ];
    const kept = [...copied, 'HasOptedOutOfEmail', 'DoNotCall'];
    const contact = plantRecord(org, actor, need(org, 'Contact'), {
      ...shared,
      ...pick(fields, kept, name => name),
      AccountId: account.id,
    });
    const opportunity =
      options.opportunityName === null
        ? undefined
        : plantRecord(org, actor, need(org, 'Opportunity'), {
            ...shared,
            Name: options.opportunityName ?? `${String(company)}-`,
            StageName: options.stage ?? 'Prospecting',
            CloseDate: new Date(org.store.now() + 90 * 86_400_000).toISOString().slice(0, 10),
            AccountId: account.id,
            LeadSource: fields['LeadSource'] ?? null,
          });
    if (opportunity) {
      const role = { OpportunityId: opportunity.id, ContactId: contact.id, IsPrimary: true };
      plantRecord(org, actor, need(org, 'OpportunityContactRole'), role);
    }
    moveChildren(org, actor, id, contact.id, [
      ['Task', 'WhoId'],
      ['Event', 'WhoId'],
      ['EmailMessageRelation', 'RelationId'],
    ]);
    changeRecord(org, actor, leadObject, lead, {
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedDate: today,
      ConvertedAccountId: account.id,
      ConvertedContactId: contact.id,
      ConvertedOpportunityId: opportunity?.id ?? null,
    });
    return { contactId: contact.id, accountId: account.id, opportunityId: opportunity?.id ?? null };
  });
}

const LOOKUPS: Record<string, [string, string][]> = {
  Lead: [
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
    ['CampaignMember', 'LeadId'],
  ],
  Contact: [
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
    ['CampaignMember', 'ContactId'],
    ['OpportunityContactRole', 'ContactId'],
    ['Case', 'ContactId'],
  ],
  Account: [
    ['Contact', 'AccountId'],
    ['Opportunity', 'AccountId'],
    ['Case', 'AccountId'],
    ['Task', 'WhatId'],
    ['Event', 'WhatId'],
  ],
};

/** Merges `loser` into `master`: its children move, and it stays in the bin with the master's id. */
export function mergeRecords(
  org: Org,
  actor: Actor,
  object: SObject,
  { master, loser }: { master: string; loser: string },
): Row {
  return inTransaction(org, () => {
    const lookups = LOOKUPS[object.name];
    if (!lookups) {
      throw new SalesforceRefusal('INVALID_TYPE', `entity type ${object.name} does not support merge`);
    }
    const [stays, goes] = [requireRow(org, object, master), requireRow(org, object, loser)];
    moveChildren(org, actor, goes.id, stays.id, lookups);
    const gaps = Object.entries(goes.fields).filter(
      ([name, value]) =>
        value !== null &&
        (stays.fields[name] ?? null) === null &&
        org.schema.field(object, name)?.updateable === true,
    );
    const merged = changeRecord(org, actor, object, stays, Object.fromEntries(gaps));
    removeRow(org, actor, object, goes, { MasterRecordId: stays.id });
    return merged;
  });
}
