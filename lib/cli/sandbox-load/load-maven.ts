import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { finishDeal } from './finish-deal.ts';
import { loadFile, type LoadedFile } from './load-file.ts';
import { makeOwners, type MadeOwners } from './make-owners.ts';
import { makePipeline } from './make-pipeline.ts';
import { accounts, agentColumns, deals, type FileMapping } from './mapping.ts';
import type { Crm } from './open-crm.ts';
import { readCsv, type Rejected, type Table } from './read-csv.ts';

export interface MavenFiles {
  accounts: Table;
  agents: Table;
  deals: Table;
}

const columnsOf = ({ columns }: FileMapping): string[] => columns.map(({ column }) => column);

/** Reads the folder's files; everything that is missing is said before the CRM is touched. */
export async function readMaven(folder: string): Promise<MavenFiles> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory())
    throw new AppError('bad_input', `The folder ${folder} is not there. Check the path after --maven.`, {
      folder,
    });
  return {
    accounts: await readCsv(join(folder, 'accounts.csv'), columnsOf(accounts)),
    agents: await readCsv(join(folder, 'sales_teams.csv'), agentColumns),
    deals: await readCsv(join(folder, 'sales_pipeline.csv'), columnsOf(deals)),
  };
}

export interface LoadedMaven {
  owners: MadeOwners;
  companies: LoadedFile;
  deals: LoadedFile;
  /** Deals that are in, but whose account or agent stands in no other file. */
  unlinked: Rejected[];
}

/** Agents become owners, accounts companies, opportunities deals in a pipeline of their own. `limit` is for deals. */
export async function loadMaven(
  crm: Crm,
  files: MavenFiles,
  { limit, progress }: { limit: number; progress: (text: string) => void },
): Promise<LoadedMaven> {
  const owners = await makeOwners(crm, files.agents);
  progress(`owners: ${owners.created} created`);
  const companies = await loadFile(crm, files.accounts, accounts, {
    limit: Number.POSITIVE_INFINITY,
    finish: item => item,
    progress,
  });
  const pipeline = await makePipeline(crm);
  const unlinked: Rejected[] = [];
  const loaded = await loadFile(crm, files.deals, deals, {
    limit,
    progress,
    finish: finishDeal({ owners: owners.ids, companies: companies.ids, pipeline }, ({ line, reason }) =>
      unlinked.push({ file: files.deals.file, line, reason }),
    ),
  });
  return { owners, companies, deals: loaded, unlinked };
}
