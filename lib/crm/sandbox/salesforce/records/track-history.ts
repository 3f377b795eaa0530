import type { SObject } from '../model/sobject.ts';
import { newId, nowOf, type Actor, type Org } from '../org.ts';
import { insertRow, type Fields, type Row, type Value } from '../store/rows.ts';

const STAGE_FIELDS = ['StageName', 'Amount', 'CloseDate', 'Probability'];

/** A row that the org writes about a record: made by whoever made the change, at that moment. */
export function addHistoryRow(
  org: Org,
  type: string,
  values: Fields,
  { by, at }: { by: string; at: string },
): void {
  const id = newId(org, org.schema.find(type)!.keyPrefix);
  const system = {
    Id: id,
    IsDeleted: false,
    CreatedById: by,
    CreatedDate: at,
    LastModifiedById: by,
    LastModifiedDate: at,
    SystemModstamp: at,
  };
  insertRow(org.store, { id, type, fields: { ...values, ...system } });
}

const shown = (value: Value | undefined): Value => value ?? null;

/** Writes the field history and, for opportunities, the stage history that a change makes. */
export function trackHistory(
  org: Org,
  actor: Actor,
  object: SObject,
  before: Fields | undefined,
  after: Row,
): void {
  const stamp = { by: actor.userId, at: nowOf(org) };
  const { history } = object;
  if (history) {
    const row = (Field: string, OldValue: Value, NewValue: Value) =>
      addHistoryRow(
        org,
        history.object,
        { [history.parent]: after.id, Field, DataType: 'Text', OldValue, NewValue },
        stamp,
      );
    if (!before) row('created', null, null);
    else {
      for (const name of history.fields) {
        const [was, is] = [shown(before[name]), shown(after.fields[name])];
        if (was !== is) row(name === 'OwnerId' ? 'Owner' : name, was, is);
      }
    }
  }
  if (object.name !== 'Opportunity') return;
  if (before && STAGE_FIELDS.every(name => shown(before[name]) === shown(after.fields[name]))) return;
  const { StageName, Amount, CloseDate, Probability, ForecastCategory, ExpectedRevenue } = after.fields;
  addHistoryRow(
    org,
    'OpportunityHistory',
    {
      OpportunityId: after.id,
      StageName: shown(StageName),
      Amount: shown(Amount),
      CloseDate: shown(CloseDate),
      Probability: shown(Probability),
      ForecastCategory: shown(ForecastCategory),
      ExpectedRevenue: shown(ExpectedRevenue),
      PrevAmount: shown(before?.['Amount']),
      PrevCloseDate: shown(before?.['CloseDate']),
    },
    stamp,
  );
}
