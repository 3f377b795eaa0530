import { loadFile, type LoadedFile } from './load-file.ts';
import { leads, leadStates } from './mapping.ts';
import type { Crm } from './open-crm.ts';
import { readCsv, type Table } from './read-csv.ts';
import type { Finish } from './to-items.ts';

export const readLeads = (path: string): Promise<Table> =>
  readCsv(
    path,
    leads.columns.map(({ column }) => column),
  );

/** Leads become contacts. The file has no names: a contact is called by its lead number. */
export const loadLeads = (
  crm: Crm,
  table: Table,
  options: { limit: number; progress: (text: string) => void },
): Promise<LoadedFile> => loadFile(crm, table, leads, { ...options, finish });

const finish: Finish = (item, cells) => {
  const converted = (cells['Converted'] ?? '').trim();
  const state = leadStates[converted];
  if (!state) return { reason: `Converted is "${converted}", which is neither 0 nor 1.` };
  const { lead_number: lastname = '' } = item.values;
  return { ...item, values: { ...item.values, firstname: 'Lead', lastname, ...state } };
};
