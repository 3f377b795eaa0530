import { createSign, generateKeyPairSync } from 'node:crypto';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import { openSalesforceWriter } from '#lib/crm/salesforce/writer.ts';
import { crmCalls, sessionTo } from '#lib/crm/testing/test-crm.ts';
import type { Fault, FaultName, FaultPlace } from './place.ts';
import { sandboxFaults } from './sandbox-faults.ts';

const data = '/services/data/v66.0';
const admin = '/sandbox/salesforce';
const dailyRequests = 100_000;
/** More access tokens than two workers can lose in one run. */
const tokensInStock = 8;
/** Salesforce's own names in its history of leads. */
const inHistory: Readonly<Record<string, string>> = { jobtitle: 'Title', hubspot_owner_id: 'Owner' };

/** The sandbox by Salesforce's interface. A person is a lead there, since leads have a history; a note is a task. */
export async function openSalesforcePlace(): Promise<FaultPlace> {
  const sandbox = await startSandbox({
    port: 0,
    file: ':memory:',
    salesforce: { packageFolder: 'extensions/salesforce' },
  });
  const { call } = crmCalls(sandbox.url);
  const query = async (q: string, all = false) => {
    const page = await call('GET', `${data}/${all ? 'queryAll' : 'query'}?${new URLSearchParams({ q })}`);
    return page['records'] as Record<string, string | null>[];
  };
  const create = async (sobject: string, fields: Record<string, unknown>): Promise<string> =>
    String((await call('POST', `${data}/sobjects/${sobject}`, fields))['id']);
  const user = (name: string) =>
    create('User', {
      LastName: name,
      Alias: name,
      Username: `${name}@sandbox.example`,
      Email: `${name}@sandbox.example`,
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    });
  const owners = [await user('one'), await user('two')] as const;
  const mint = await tokenMint(sandbox.url, call, () => sandbox.store.now());
  const stock: string[] = [];
  let people = 0;
  const withChange = async (changeId: string, all: boolean) =>
    (await query(`SELECT Id FROM Task WHERE Sidecard_Change_Id__c = '${changeId}'`, all)).length;

  return {
    crm: 'salesforce',
    session: () => ({
      ...sessionTo(sandbox.url),
      crm: 'salesforce',
      token: refused => {
        if (refused !== undefined && refused === stock[0]) stock.shift();
        const [token] = stock;
        return token === undefined
          ? Promise.reject(new Error('no access token is left'))
          : Promise.resolve(token);
      },
    }),
    writer: session => openSalesforceWriter(session, { wait: () => Promise.resolve() }),
    person: async () => {
      while (stock.length < tokensInStock) stock.push(await mint());
      people += 1;
      const id = await create('Lead', {
        LastName: `Person ${people}`,
        Company: 'Fleet',
        Title: 'Buyer',
        OwnerId: owners[0],
      });
      return { crm: 'salesforce', object: 'leads', id };
    },
    field: 'jobtitle',
    ownerField: 'hubspot_owner_id',
    owners,
    faults: new Map([
      ...sandboxFaults(rule => call('POST', '/sandbox/faults', { rules: [rule] })),
      ...own(call),
    ]),
    heal: async () => {
      await call('DELETE', '/sandbox/faults');
      await call('POST', `${admin}/faults`, { lockEvery: 0, lockNext: 0 });
      await call('PUT', `${admin}/limits`, { used: 0 });
    },
    created: (_, changeId) => withChange(changeId, false),
    everCreated: (_, changeId) => withChange(changeId, true),
    held: async ({ id }, field) => {
      // By id, which grows: clocks do not stand still here.
      const rows = await query(
        `SELECT OldValue, NewValue FROM LeadHistory WHERE LeadId = '${id}' AND Field = '${inHistory[field]}' ORDER BY Id`,
      );
      return rows.flatMap(({ OldValue, NewValue }, i) =>
        i === 0 ? [OldValue ?? null, NewValue ?? null] : [NewValue ?? null],
      );
    },
    close: () => sandbox.stop(),
  };
}

type Call = ReturnType<typeof crmCalls>['call'];

/** What only Salesforce does. */
const own = (call: Call): [FaultName, Fault][] => [
  [
    'locked row',
    {
      once: false,
      // A writer tries a locked row several times: a lock that lasts outlives all of them.
      strike: async ({ nth, times, probability }) =>
        void (await call('POST', `${admin}/faults`, {
          lockEvery: nth ?? (probability === undefined ? 0 : 2),
          lockNext: (times ?? 0) * 3,
        })),
    },
  ],
  [
    'requests of the day used up',
    {
      once: false,
      strike: async ({ nth = 1 }) =>
        void (await call('PUT', `${admin}/limits`, { daily: dailyRequests, used: dailyRequests - nth + 1 })),
    },
  ],
];

/** Brings fresh access tokens, by an app whose assertions the org accepts. */
async function tokenMint(url: string, call: Call, now: () => number): Promise<() => Promise<string>> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = publicKey.export({ type: 'spki', format: 'pem' });
  await call('POST', `${admin}/apps`, { clientId: 'faults', certificate });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return async () => {
    const claims = {
      iss: 'faults',
      sub: 'admin@sandbox.example',
      aud: url,
      exp: Math.floor(now() / 1000) + 300,
    };
    const unsigned = `${part({ alg: 'RS256' })}.${part(claims)}`;
    const assertion = `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`;
    const answer = await fetch(`${url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the sandbox gave no token: ${answer.status}`);
    return token;
  };
}
