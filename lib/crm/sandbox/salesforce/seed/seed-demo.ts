import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import type { SeedRecord, SeedSet } from '#lib/crm/sandbox/seed.ts';
import { deployPackage } from '../admin/deploy-fields.ts';
import { makeId } from '../ids.ts';
import { ADMIN_ID, inTransaction, type Actor, type Org } from '../org.ts';
import { plantRecord } from '../records/write-record.ts';
import type { Fields, Row } from '../store/rows.ts';
import {
  accountFields,
  callFields,
  emailFields,
  eventFields,
  leadFields,
  opportunityFields,
  personFields,
  taskFields,
} from './demo-map.ts';
import { seedStageHistory } from './seed-stage-history.ts';

const LEAD_STAGES = new Set(['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead']);
/** Where the metadata lies that an admin would have deployed; elsewhere the org goes without. */
const PACKAGE = 'extensions/salesforce';
const ADMIN: Actor = { userId: ADMIN_ID, origin: '' };

/** Where records of the demo went in the org. */
type Planting = {
  org: Org;
  byKey: Map<string, SeedRecord>;
  rows: Map<string, Row>;
  users: Map<string, Row>;
  plant: (type: string, values: Fields, record?: SeedRecord) => Row;
};

const keyOf = ({ type, id }: { type: string; id: string }) => `${type} ${id}`;
const whole = (at: string) => `${new Date(at).toISOString().slice(0, 19)}.000Z`;

function startPlanting(org: Org, { records }: SeedSet): Planting {
  const users = new Map<string, Row>();
  const plant: Planting['plant'] = (type, values, record) => {
    const owner = record && users.get(record.properties['hubspot_owner_id'] ?? '');
    const object = org.schema.find(type)!;
    const owned = owner && org.schema.field(object, 'OwnerId') ? { OwnerId: owner.id } : {};
    const at = record ? { createdAt: whole(record.createdAt), updatedAt: whole(record.updatedAt) } : {};
    return plantRecord(org, ADMIN, object, { ...owned, ...values }, { quiet: true, ...at });
  };
  return {
    org,
    byKey: new Map(records.map(record => [keyOf(record), record])),
    rows: new Map(),
    users,
    plant,
  };
}

function seedUsers({ plant, users }: Planting, { owners }: SeedSet): void {
  const top = plant('UserRole', { Name: 'Sales Manager', DeveloperName: 'SalesManager' });
  const below = plant('UserRole', { Name: 'Sales Rep', DeveloperName: 'SalesRep', ParentRoleId: top.id });
  for (const [i, { id, email, firstName, lastName }] of owners.entries()) {
    const manager = [...users.values()][0];
    const row = plant('User', {
      Username: email,
      Email: email,
      FirstName: firstName,
      LastName: lastName,
      Alias: (firstName.slice(0, 1) + lastName).replaceAll(' ', '').slice(0, 8).toLowerCase(),
      UserRoleId: i === 0 ? top.id : below.id,
      ManagerId: manager?.id ?? null,
      ForecastEnabled: true,
    });
    users.set(id, row);
  }
  const queue = plant('Group', { Name: 'Inbound leads', DeveloperName: 'Inbound_leads', Type: 'Queue' });
  for (const user of users.values()) plant('GroupMember', { GroupId: queue.id, UserOrGroupId: user.id });
}

/** The first record of a kind that this one is associated with. */
function linked({ byKey, rows }: Planting, record: SeedRecord, type: string) {
  const to = record.associations?.find(link => link.type === type);
  return to && { record: byKey.get(keyOf(to)), row: rows.get(keyOf(to)) };
}

function seedPeople(planting: Planting, { records }: SeedSet): void {
  const { plant, rows } = planting;
  const inDeals = new Set(
    records
      .filter(({ type }) => type === 'deals')
      .flatMap(({ associations = [] }) => associations.map(keyOf)),
  );
  const people = records.filter(({ type }) => type === 'contacts');
  const isLead = (person: SeedRecord) =>
    LEAD_STAGES.has(person.properties['lifecyclestage'] ?? 'lead') && !inDeals.has(keyOf(person));
  for (const record of records) {
    if (record.type === 'companies') rows.set(keyOf(record), plant('Account', accountFields(record), record));
  }
  for (const person of people) {
    const firm = linked(planting, person, 'companies');
    const row = isLead(person)
      ? plant('Lead', leadFields(person, firm?.record), person)
      : plant('Contact', { ...personFields(person), AccountId: firm?.row?.id ?? null }, person);
    rows.set(keyOf(person), row);
  }
}

function seedDeals(planting: Planting, { records }: SeedSet): void {
  const { plant, rows, org } = planting;
  for (const record of records.filter(({ type }) => type === 'deals')) {
    const contacts = (record.associations ?? []).flatMap(to =>
      to.type === 'contacts' ? (rows.get(keyOf(to)) ?? []) : [],
    );
    const account =
      linked(planting, record, 'companies')?.row?.id ?? contacts[0]?.fields['AccountId'] ?? null;
    const row = plant('Opportunity', { ...opportunityFields(record), AccountId: account }, record);
    rows.set(keyOf(record), row);
    seedStageHistory(org, record, row, String(row.fields['OwnerId']));
    for (const [i, contact] of contacts.entries()) {
      const role = i === 0 ? 'Decision Maker' : 'Influencer';
      plant('OpportunityContactRole', {
        OpportunityId: row.id,
        ContactId: contact.id,
        IsPrimary: i === 0,
        Role: role,
      });
    }
  }
}

function seedActivities(planting: Planting, { records }: SeedSet): void {
  const { plant } = planting;
  for (const record of records) {
    const person = linked(planting, record, 'contacts')?.row;
    const deal = linked(planting, record, 'deals')?.row ?? linked(planting, record, 'companies')?.row;
    const isLead = person?.type === 'Lead';
    const about = { WhoId: person?.id ?? null, WhatId: isLead ? null : (deal?.id ?? null) };
    switch (record.type) {
      case 'tasks':
        plant('Task', { ...taskFields(record), ...about }, record);
        break;
      case 'calls':
        plant('Task', { ...callFields(record), ...about }, record);
        break;
      case 'meetings':
        plant('Event', { ...eventFields(record), ...about }, record);
        break;
      case 'notes': {
        const parent = deal && !isLead ? deal : person;
        const text = record.properties['hs_note_body'] ?? '';
        if (parent)
          plant('Note', { ParentId: parent.id, Title: text.slice(0, 80) || 'Note', Body: text }, record);
        break;
      }
      case 'emails': {
        const related = isLead ? person : deal;
        const row = plant(
          'EmailMessage',
          { ...emailFields(record), RelatedToId: related?.id ?? null },
          record,
        );
        if (!person) break;
        const RelationType = row.fields['Incoming'] === true ? 'FromAddress' : 'ToAddress';
        const relation = { EmailMessageId: row.id, RelationId: person.id, RelationObjectType: person.type };
        plant(
          'EmailMessageRelation',
          { ...relation, RelationType, RelationAddress: person.fields['Email'] ?? null },
          record,
        );
        break;
      }
      default:
    }
  }
}

/** What stands beside the deals: a campaign, products, quotas, and automations that already route leads. */
function seedSurroundings({ plant, rows, users, org }: Planting): void {
  const campaign = plant('Campaign', {
    Name: 'Fleet webinar',
    Type: 'Webinar',
    Status: 'Completed',
    IsActive: true,
  });
  const leads = [...rows.values()].filter(({ type }) => type === 'Lead').slice(0, 20);
  for (const [i, lead] of leads.entries()) {
    plant('CampaignMember', {
      CampaignId: campaign.id,
      LeadId: lead.id,
      Status: i % 3 === 0 ? 'Responded' : 'Sent',
    });
  }
  for (const [name, code, price] of [
    ['Workshop planner', 'HAL-PLAN', 4_800],
    ['Driver app', 'HAL-APP', 2_400],
  ] as const) {
    const product = plant('Product2', { Name: name, ProductCode: code, IsActive: true, Family: 'Software' });
    const entry = {
      Pricebook2Id: makeId('01s', 1),
      Product2Id: product.id,
      UnitPrice: price,
      IsActive: true,
    };
    plant('PricebookEntry', { ...entry, Name: name, ProductCode: code });
  }
  const month = `${new Date(org.store.now()).toISOString().slice(0, 7)}-01`;
  for (const user of users.values()) {
    plant('ForecastingQuota', { QuotaOwnerId: user.id, StartDate: month, QuotaAmount: 60_000 });
  }
  plant('AssignmentRule', { Name: 'Inbound leads', SobjectType: 'Lead', Active: true });
  const flow = {
    ApiName: 'Lead_reminder',
    Label: 'Lead reminder',
    ProcessType: 'AutoLaunchedFlow',
    IsActive: true,
  };
  plant('FlowDefinitionView', {
    ...flow,
    DurableId: 'Lead_reminder',
    TriggerType: 'RecordAfterSave',
    TriggerObjectOrEventId: 'Lead',
    TriggerObjectOrEventLabel: 'Lead',
    RecordTriggerType: 'Create',
  });
}

/**
 * Fills the org with the demo's people as a Salesforce user would have them: who has only been written to is a
 * lead, the others are contacts at accounts with opportunities. Answers how many of each; once only.
 */
export function seedDemo(org: Org): Record<string, number> {
  const count = () =>
    org.store.all('SELECT type, count(*) AS n FROM sf_record WHERE deleted = 0 GROUP BY type');
  const done = org.store.get("SELECT 1 FROM sf_record WHERE type = 'UserRole' LIMIT 1") !== undefined;
  if (!done) {
    const set = generateDemo({ seed: 7, now: new Date(org.store.now()) });
    deployPackage(org, PACKAGE);
    inTransaction(org, () => {
      const planting = startPlanting(org, set);
      seedUsers(planting, set);
      seedPeople(planting, set);
      seedDeals(planting, set);
      seedActivities(planting, set);
      seedSurroundings(planting);
    });
  }
  return Object.fromEntries(count().map(row => [String(row['type']), Number(row['n'])]));
}
