import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import { UsageError, type Io } from './io.ts';
import { sandboxLoad } from './sandbox-load.ts';
import { leads } from './sandbox-load/mapping.ts';
import type { Report } from './sandbox-load/report.ts';

type Open = Awaited<ReturnType<typeof openSandbox>>;
const quiet: Io = { out: () => {}, err: () => {} };

const accounts = `account,sector,year_established,revenue,employees,office_location,subsidiary_of
Cancity,retail,2001,718.62,2448,United States,
Bluth Company,technolgy,1993,1100.04,3027,Philipines,Acme Corporation
Broken,retail,1999,much,1,Kenya,
`;
const agents = `sales_agent,manager,regional_office
Moses Frase,Dustin Brinkmann,Central
Anna Snelling,Dustin Brinkmann,Central
`;
const dealHeader =
  'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n';
const deals = `${dealHeader}1C1I7A6R,Moses Frase,GTXPro,Cancity,Won,2016-10-20,2017-03-01,1054
OPEN0001,Anna Snelling,GTX Pro,,Prospecting,,,
LOST0001,Anna Snelling,MG Special,Bluth Company,Lost,2016-10-20,2017-01-05,0
`;
const brokenDeals = `BADDATE1,Moses Frase,GTXPro,Cancity,Won,2017-02-30,2017-03-01,1
BADNUMB1,Moses Frase,GTXPro,Cancity,Won,2016-10-20,2017-03-01,1.054,00
,Moses Frase,GTXPro,Cancity,Won,2016-10-20,2017-03-01,1
BADSTAGE,Moses Frase,GTXPro,Cancity,Winning,2016-10-20,2017-03-01,1
1c1i7a6r,Moses Frase,GTXPro,Cancity,Won,2016-10-20,2017-03-01,1
NOBODY01,Jane Doe,GTXPro,Nowhere,Engaging,2016-10-20,,
GOOD0001,Moses Frase,GTXPro,Cancity,Engaging,2016-10-20,,
`;

const plain = {
  'Lead Origin': 'API',
  'Do Not Email': 'No',
  Converted: '0',
  TotalVisits: '2',
  Magazine: 'No',
};
type Lead = Record<string, string>;
const leadFile = (...rows: Lead[]) =>
  [
    leads.columns.map(({ column }) => column),
    ...rows.map(row => leads.columns.map(({ column }) => row[column] ?? '')),
  ]
    .map(cells => cells.map(cell => `"${cell}"`).join(','))
    .join('\r\n');
const lead = (id: string, more: Lead = {}): Lead => ({
  ...plain,
  'Prospect ID': id,
  'Lead Number': `6${id}`,
  ...more,
});

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const maven = (pipeline = deals) => ({
  'accounts.csv': accounts,
  'sales_teams.csv': agents,
  'sales_pipeline.csv': pipeline,
});

async function load(open: Open, ...argv: string[]): Promise<Report> {
  const out: string[] = [];
  const io = { ...quiet, out: (text: string) => void out.push(text) };
  await sandboxLoad([...argv, '--url', open.sandbox.url, '--json'], io);
  expect(out).toHaveLength(1);
  return JSON.parse(out[0] ?? '') as Report;
}

async function find(open: Open, object: string, key: string, id: string, properties: string) {
  const query = `idProperty=${key}&properties=${properties}&associations=companies`;
  const { body } = await open.call('GET', `/crm/objects/2026-09/${object}/${id}?${query}`);
  const links = body['associations'] as Record<string, { results: { id: string }[] }>;
  return { properties: body.properties, associations: links };
}

const lines = (rejected: { line: number }[]) => rejected.map(({ line }) => line);

test('companies, owners and deals go in with their links, dirty values as they are', async () => {
  await using open = await openSandbox();
  const report = await load(open, '--maven', folderWith(maven()));
  expect(report.created).toMatchObject({ companies: 2, deals: 3, owners: 2, contacts: 0 });
  expect(report.rejected).toEqual([
    { file: 'accounts.csv', line: 4, reason: 'revenue is "much", which is not a number.' },
  ]);
  const company = await find(
    open,
    'companies',
    'maven_account',
    'Bluth Company',
    'name,annualrevenue,maven_sector',
  );
  expect(company.properties).toMatchObject({
    name: 'Bluth Company',
    annualrevenue: '1100040000',
    maven_sector: 'technolgy',
  });
  const names = 'product,amount,createdate,closedate,hs_is_closed_won,hubspot_owner_id,dealstage';
  const won = await find(open, 'deals', 'maven_opportunity_id', '1C1I7A6R', names);
  expect(won.properties).toMatchObject({
    product: 'GTXPro',
    amount: '1054',
    createdate: '2016-10-20T00:00:00.000Z',
    closedate: '2017-03-01T00:00:00.000Z',
    hs_is_closed_won: 'true',
  });
  const linked = won.associations['companies']?.results ?? [];
  expect(new Set(linked.map(({ id }) => id)).size).toBe(1);
  const owner = await open.client.crm.owners.ownersApi.getById(Number(won.properties['hubspot_owner_id']));
  expect([owner.firstName, owner.email, owner.teams?.map(({ name }) => name)]).toEqual([
    'Moses',
    undefined,
    ["Dustin Brinkmann's team", 'Central'],
  ]);
  const prospect = await find(open, 'deals', 'maven_opportunity_id', 'OPEN0001', `${names},maven_account`);
  expect(prospect.associations).toEqual({});
  expect(prospect.properties).toMatchObject({ amount: null, closedate: null, maven_account: null });
  expect(Date.parse(prospect.properties['createdate'] ?? '')).toBeGreaterThan(Date.parse('2020-01-01'));
});

test('rows that cannot be read are listed with line and reason, and the rest goes in', async () => {
  await using open = await openSandbox();
  const report = await load(open, '--maven', folderWith(maven(deals + brokenDeals)));
  const rejected = report.rejected.filter(({ file }) => file === 'sales_pipeline.csv');
  expect(rejected.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '5: engage_date is "2017-02-30", which is not a date.',
    '6: It has 9 columns where the header has 8.',
    '7: opportunity_id is missing.',
    '8: deal_stage is "Winning", which is none of Prospecting, Engaging, Won, Lost.',
    '9: opportunity_id "1c1i7a6r" stands on line 2 already.',
  ]);
  expect(report.created.deals).toBe(5);
  expect(report.unlinked.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '10: The sales agent "Jane Doe" is not among the agents.',
    '10: The account "Nowhere" is not among the accounts.',
  ]);
});

test('leads become contacts: numbers, choices, outcome and consent; "Select" is left out', async () => {
  await using open = await openSandbox();
  const rows = [
    lead('a', {
      Converted: '1',
      Country: 'India',
      Specialization: 'Select',
      Tags: 'Ringing',
      'Do Not Email': 'Yes',
    }),
    lead('b', { Specialization: 'Finance, Banking' }),
    lead('c', { TotalVisits: 'two' }),
    lead('d', { Converted: 'maybe' }),
    lead('e', { Converted: '' }),
  ];
  const file = join(folderWith({ 'l.csv': leadFile(...rows) }), 'l.csv');
  const report = await load(open, '--leads', file);
  expect(report.created).toMatchObject({ contacts: 3, properties: leads.columns.length });
  expect(report.rejected).toEqual([
    { file: 'l.csv', line: 4, reason: 'TotalVisits is "two", which is not a number.' },
    { file: 'l.csv', line: 5, reason: expect.stringContaining('Converted is "maybe"') },
  ]);
  const names =
    'firstname,lastname,email,country,lead_country,specialization,tags,total_visits,hs_email_optout,lifecyclestage,hs_lead_status';
  const read = async (id: string) => (await find(open, 'contacts', 'prospect_id', id, names)).properties;
  expect(await read('a')).toMatchObject({
    firstname: 'Lead',
    lastname: '6a',
    email: null,
    country: 'India',
    lead_country: 'India',
    specialization: null,
    tags: 'Ringing',
    total_visits: '2',
    hs_email_optout: 'true',
    lifecyclestage: 'opportunity',
    hs_lead_status: 'OPEN_DEAL',
  });
  expect(await read('b')).toMatchObject({
    specialization: 'Finance, Banking',
    hs_email_optout: null,
    lifecyclestage: 'lead',
    hs_lead_status: 'UNQUALIFIED',
  });
  expect(await read('e')).toMatchObject({ lifecyclestage: 'lead', hs_lead_status: null });
  const { results } = await open.client.crm.properties.coreApi.getAll('contacts');
  const groupOf = (name: string) => results.find(property => property.name === name)?.groupName;
  expect([groupOf('tags'), groupOf('total_visits')]).toEqual(['written_after_contact', 'lead_intake']);
});

test('a second run creates nothing, brings changes, and learns new options', async () => {
  await using open = await openSandbox();
  const folder = folderWith({ ...maven(), 'l.csv': leadFile(lead('a'), lead('b')) });
  const argv = ['--maven', folder, '--leads', join(folder, 'l.csv')];
  await load(open, ...argv);
  writeFileSync(join(folder, 'l.csv'), leadFile(lead('a', { 'Lead Origin': 'Fair' }), lead('b'), lead('c')));
  writeFileSync(join(folder, 'sales_pipeline.csv'), deals.replace('Prospecting,,,', 'Engaging,2017-01-02,,'));
  const again = await load(open, ...argv);
  expect(again.created).toEqual({ companies: 0, contacts: 1, deals: 0, owners: 0, properties: 0 });
  expect(again.updated).toMatchObject({ companies: 2, contacts: 2, deals: 3, properties: 1 });
  const { body } = await open.call('GET', '/sandbox/stats');
  expect(body['records']).toEqual({ companies: 2, contacts: 3, deals: 3 });
  const changed = await find(open, 'contacts', 'prospect_id', 'a', 'lead_origin');
  expect(changed.properties).toMatchObject({ lead_origin: 'Fair' });
});

test('what the CRM refuses is listed in its words, and the rest of the batch goes in', async () => {
  await using open = await openSandbox();
  const rows = [lead('a'), lead('b', { 'Lead Number': 'x'.repeat(70_000) }), lead('c')];
  const report = await load(open, '--leads', join(folderWith({ 'l.csv': leadFile(...rows) }), 'l.csv'));
  expect(report.created.contacts).toBe(2);
  expect(report.rejected).toEqual([
    { file: 'l.csv', line: 3, reason: expect.stringMatching(/^The CRM says: Longer than/) },
  ]);
});

test('a limit holds for leads and for deals, and reading stops there', async () => {
  await using open = await openSandbox();
  const leadRows = leadFile(
    lead('a'),
    lead('b', { TotalVisits: '?' }),
    lead('c'),
    lead('d'),
    lead('e', { TotalVisits: '?' }),
  );
  const folder = folderWith({ ...maven(), 'l.csv': leadRows });
  const report = await load(open, '--maven', folder, '--leads', join(folder, 'l.csv'), '--limit', '2');
  expect(report.created).toMatchObject({ contacts: 2, deals: 2, companies: 2 });
  expect(lines(report.rejected.filter(({ file }) => file === 'l.csv'))).toEqual([3]);
});

test('people get a short summary', async () => {
  await using open = await openSandbox();
  const out: string[] = [];
  const io = { ...quiet, out: (text: string) => void out.push(text) };
  await sandboxLoad(['--maven', folderWith(maven()), '--url', open.sandbox.url], io);
  expect(out.join('\n')).toMatch(/Created: 2 companies, 3 deals, 2 owners, \d+ properties\./);
  expect(out.join('\n')).toContain('accounts.csv, line 4: revenue is "much"');
});

test('what is missing or wrong is said in one sentence', async () => {
  await using open = await openSandbox();
  const run = (...argv: string[]) => sandboxLoad([...argv, '--url', open.sandbox.url], quiet);
  await expect(run('--maven', '/no/such')).rejects.toThrow('The folder /no/such is not there');
  await expect(run('--leads', '/no/such.csv')).rejects.toThrow('The file /no/such.csv is not there');
  const { 'sales_teams.csv': _, ...without } = maven();
  await expect(run('--maven', folderWith(without))).rejects.toThrow(/sales_teams\.csv is not there/);
  const other = folderWith({ ...maven(), 'accounts.csv': 'account,sector\n' });
  await expect(run('--maven', other)).rejects.toThrow(
    'accounts.csv lacks the columns "year_established", "revenue"',
  );
  const nobody = sandboxLoad(['--maven', folderWith(maven()), '--url', 'http://127.0.0.1:9'], quiet);
  await expect(nobody).rejects.toThrow('No sandbox CRM answers at http://127.0.0.1:9. Start it');
  const elsewhere = sandboxLoad(
    ['--maven', folderWith(maven()), '--url', `${open.sandbox.url}/elsewhere`],
    quiet,
  );
  await expect(elsewhere).rejects.toThrow('is not the sandbox CRM');
});

test.each([
  [[]],
  [['--leads']],
  [['--leads', 'a', '--limit', '0']],
  [['--leads', 'a', '--url', 'x']],
  [['--what']],
])('wrong usage %j is said with how to use it', async argv => {
  await expect(sandboxLoad(argv, quiet)).rejects.toThrow(UsageError);
  await expect(sandboxLoad(argv, quiet)).rejects.toThrow(/Usage: .* sandbox load/);
});

const real = '../shared/data';

test.skipIf(!existsSync(real))(
  `the first 200 real leads and deals go in whole (skipped where the folder ${real} is missing)`,
  async () => {
    await using open = await openSandbox();
    const argv = [
      '--maven',
      `${real}/maven_crm`,
      '--leads',
      `${real}/x_education_leads/Leads.csv`,
      '--limit',
      '200',
    ];
    const report = await load(open, ...argv);
    expect(report).toMatchObject({ rejected: [], unlinked: [] });
    expect(report.created).toMatchObject({ companies: 85, contacts: 200, deals: 200, owners: 35 });
    const deal = await find(open, 'deals', 'maven_opportunity_id', 'Z063OYW0', 'product');
    expect(deal.properties).toMatchObject({ product: 'GTXPro' });
  },
);
