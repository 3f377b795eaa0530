import type { SeedRecord } from '#lib/crm/sandbox/seed.ts';
import type { Org } from '../org.ts';
import { addHistoryRow } from '../records/track-history.ts';
import type { Fields, Row, Value } from '../store/rows.ts';
import { STAGE_NAMES } from './demo-map.ts';

type Change = { at: string; field: 'StageName' | 'Amount' | 'CloseDate'; value: Value };

const READ: Record<string, [Change['field'], (value: string) => Value]> = {
  dealstage: ['StageName', value => STAGE_NAMES[value] ?? null],
  amount: ['Amount', value => (value === '' ? null : Number(value))],
  closedate: ['CloseDate', value => (value === '' ? null : value.slice(0, 10))],
};

function changesOf(record: SeedRecord): Change[] {
  const changes = Object.entries(READ).flatMap(([name, [field, read]]) =>
    (record.history?.[name] ?? []).map(({ value, at }) => ({ at, field, value: read(value) })),
  );
  return changes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** An opportunity's past as Salesforce keeps it: a row for each state it was in, and one for each changed field. */
export function seedStageHistory(org: Org, record: SeedRecord, row: Row, by: string): void {
  const state: Fields = {};
  const whole = (at: string) => `${new Date(at).toISOString().slice(0, 19)}.000Z`;
  const changes = changesOf(record);
  const moments = [...new Set(changes.map(({ at }) => whole(at)))];
  if (moments.length === 0) moments.push(String(row.fields['CreatedDate']));
  for (const [i, at] of moments.entries()) {
    const before = { ...state };
    const stamp = { by, at };
    for (const { field, value, at: when } of changes) {
      if (whole(when) !== at || (state[field] ?? null) === value) continue;
      const values = {
        OpportunityId: row.id,
        Field: field,
        DataType: 'Text',
        OldValue: state[field] ?? null,
        NewValue: value,
      };
      if (i > 0) addHistoryRow(org, 'OpportunityFieldHistory', values, stamp);
      state[field] = value;
    }
    const current = (name: Change['field']): Value =>
      state[name] ?? (i === moments.length - 1 ? (row.fields[name] ?? null) : null);
    addHistoryRow(
      org,
      'OpportunityHistory',
      {
        OpportunityId: row.id,
        StageName: current('StageName'),
        Amount: current('Amount'),
        CloseDate: current('CloseDate'),
        PrevAmount: before['Amount'] ?? null,
        PrevCloseDate: before['CloseDate'] ?? null,
      },
      stamp,
    );
  }
}
