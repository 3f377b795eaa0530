import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { checkRules } from '#lib/crm/sandbox/rules/check-rules.ts';
import { addHistory, type Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { saveRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { checkProperties, type Values } from './check-properties.ts';
import { claimUniqueValues } from './claim-unique-values.ts';
import { deriveValues, settleStage } from './settle-stage.ts';
import { linkBySpec, type LinkSpec } from './link-records.ts';
import { invalid } from './refusal.ts';

export type CreateInput = {
  properties: Values;
  associations?: { to: { id: string }; types: LinkSpec[] }[];
};

/** Association types that lead from a lead to the contact or company it is about. */
const LEAD_IS_ABOUT = new Set([578, 608, 610]);

function requireLeadSubject({ associations = [] }: CreateInput): void {
  const linked = associations.some(({ types }) =>
    types.some(({ associationTypeId: id }) => LEAD_IS_ABOUT.has(id)),
  );
  if (!linked) throw invalid('A lead must be associated with a contact or a company when it is created');
}

/** Creates a record with its links, history and webhook, or refuses and changes nothing. */
export function createRecord(
  store: Store,
  type: ObjectName,
  input: CreateInput,
  source: Source,
): StoredRecord {
  return store.transact(() => {
    const { created, modified } = OBJECT_TYPES[type];
    const checked = checkProperties(store, type, input.properties, 'create');
    if (type === 'leads') requireLeadSubject(input);
    const set = settleStage(store, type, {}, checked);
    checkRules(store, type, set, new Set(Object.keys(set)), 'create');
    const now = store.now();
    const createdAt = set[created] ? Date.parse(set[created]) : now;
    const id = nextRecordId(store);
    const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== ''));
    const properties: Values = {
      ...given,
      ...deriveValues(store, type, given),
      [created]: new Date(createdAt).toISOString(),
      [modified]: new Date(now).toISOString(),
      hs_object_id: String(id),
    };
    const record: StoredRecord = { type, id, properties, createdAt, updatedAt: now, archivedAt: null };
    claimUniqueValues(store, type, id, given);
    saveRecord(store, record);
    for (const [name, value] of Object.entries(properties)) {
      const from: Source = name in given ? source : { type: 'CALCULATED' };
      if (name !== modified) addHistory(store, type, id, name, { value, at: now, source: from });
    }
    for (const { to, types } of input.associations ?? []) linkBySpec(store, { type, id }, to, types);
    queueEvent(store, { kind: 'creation', type, id, at: now, source });
    return record;
  });
}
