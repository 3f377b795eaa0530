import { parseArgs } from 'node:util';
import { env } from '#lib/platform/env.ts';
import { UsageError, type Io } from './io.ts';
import { loadLeads, readLeads } from './sandbox-load/load-leads.ts';
import { loadMaven, readMaven } from './sandbox-load/load-maven.ts';
import { openCrm } from './sandbox-load/open-crm.ts';
import { reportOf, summaryOf } from './sandbox-load/report.ts';

const usage = `Usage: npm run sidecard -- sandbox load --maven DIR --leads CSV [--limit N] [--url URL] [--json]
  --maven DIR   folder with accounts.csv, sales_teams.csv and sales_pipeline.csv
  --leads CSV   file of leads
  --limit N     at most N leads and N deals
  --url URL     address of the sandbox CRM (http://localhost:3100)
  --json        one JSON object on standard output`;

/**
 * Fills the sandbox CRM through its interface with real companies, owners, deals and leads. Running it again creates
 * nothing twice. Throws UsageError, or AppError where a file or the sandbox is not there.
 */
export async function sandboxLoad(argv: string[], io: Io): Promise<void> {
  const { maven, leads, limit, url, json } = readArguments(argv);
  const start = performance.now();
  const progress = (text: string): void => io.err(text);
  const mavenFiles = maven === undefined ? null : await readMaven(maven);
  const leadFile = leads === undefined ? null : await readLeads(leads);
  const crm = await openCrm(url);
  const loadedMaven = mavenFiles && (await loadMaven(crm, mavenFiles, { limit, progress }));
  const loadedLeads = leadFile && (await loadLeads(crm, leadFile, { limit, progress }));
  const report = reportOf(loadedMaven, loadedLeads, (performance.now() - start) / 1000);
  io.out(json ? JSON.stringify(report) : summaryOf(report, crm.url));
}

function readArguments(argv: string[]) {
  const { maven, leads, limit, url, json } = parse(argv);
  if (maven === undefined && leads === undefined)
    throw new UsageError(`Say what to load, with --maven or --leads.\n${usage}`);
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit))
    throw new UsageError(`--limit is "${limit}", which is not a whole number from 1 on.\n${usage}`);
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new UsageError(
      `--url is "${url}", which is not an address such as http://localhost:3100.\n${usage}`,
    );
  return {
    maven,
    leads,
    json: json ?? false,
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
    url: url ?? `http://localhost:${env().SANDBOX_PORT}`,
  };
}

function parse(argv: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { maven: text, leads: text, limit: text, url: text, json: { type: 'boolean' } } as const;
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
