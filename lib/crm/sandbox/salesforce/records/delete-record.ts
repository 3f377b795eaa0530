import type { SObject } from '../model/sobject.ts';
import { inTransaction, nowOf, type Actor, type Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { logChange } from '../events/log-change.ts';
import { loadRow, rowsPointingAt, updateRow, type Row } from '../store/rows.ts';
import { removeRow, requireRow } from './write-record.ts';

/** What goes with its parent, by parent: [object, lookup]. */
const DEPENDENTS: Record<string, [string, string][]> = {
  Account: [
    ['Contact', 'AccountId'],
    ['Opportunity', 'AccountId'],
    ['Case', 'AccountId'],
    ['Task', 'WhatId'],
    ['Event', 'WhatId'],
  ],
  Opportunity: [
    ['OpportunityContactRole', 'OpportunityId'],
    ['OpportunityLineItem', 'OpportunityId'],
    ['Task', 'WhatId'],
    ['Event', 'WhatId'],
  ],
  Contact: [
    ['OpportunityContactRole', 'ContactId'],
    ['CampaignMember', 'ContactId'],
  ],
  Lead: [
    ['CampaignMember', 'LeadId'],
    ['Task', 'WhoId'],
    ['Event', 'WhoId'],
  ],
  Campaign: [['CampaignMember', 'CampaignId']],
  EmailMessage: [['EmailMessageRelation', 'EmailMessageId']],
};

function removeTree(org: Org, actor: Actor, object: SObject, row: Row): void {
  for (const [type, field] of DEPENDENTS[object.name] ?? []) {
    const child = org.schema.find(type)!;
    for (const dependent of rowsPointingAt(org.store, type, field, row.id)) {
      removeTree(org, actor, child, dependent);
    }
  }
  removeRow(org, actor, object, row);
}

/** Moves a record, and what cannot be without it, into the recycle bin. */
export function deleteRecord(org: Org, actor: Actor, object: SObject, id: string): void {
  inTransaction(org, () => {
    const row = requireRow(org, object, id);
    if (!object.deletable || object.name === 'User') {
      const message = `entity type ${object.name} does not support delete`;
      throw new SalesforceRefusal('CANNOT_DELETE_ENTITY', message);
    }
    removeTree(org, actor, object, row);
  });
}

/** Takes a record back out of the recycle bin. */
export function undeleteRecord(org: Org, actor: Actor, object: SObject, id: string): void {
  inTransaction(org, () => {
    const row = loadRow(org.store, id);
    if (!row?.deleted) throw new SalesforceRefusal('UNDELETE_FAILED', 'entity is not in the recycle bin');
    const at = nowOf(org);
    const stamps = { IsDeleted: false, SystemModstamp: at, LastModifiedDate: at };
    const back = { ...row, deleted: false, fields: { ...row.fields, ...stamps } };
    updateRow(org.store, back, null);
    logChange(org, actor, object, 'UNDELETE', row, back);
  });
}
