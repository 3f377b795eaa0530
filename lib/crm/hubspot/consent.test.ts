import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskChange } from '#lib/core/proposal.ts';
import { sessionTo, startStub, startTestCrm, type TestCrm } from '../testing/test-crm.ts';
import { openHubSpot } from './api.ts';
import { readConsent } from './consent.ts';
import { consentFields } from './contact-consent.ts';
import { openHubSpotReader } from './reader.ts';
import { openHubSpotWriter } from './writer.ts';

describe('opt-outs', () => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await startTestCrm();
  });
  afterAll(() => crm.stop());

  const read = async (id: string) =>
    (await openHubSpotReader(crm.session).read('contacts', [id])).records[0]?.record.fields ?? {};

  it('come from the communication preferences, not from a property', async () => {
    const id = await crm.create('contacts', { email: 'Ada@Opt.io' });
    expect(await read(id)).not.toHaveProperty('email_opt_out');
    await openHubSpotWriter(crm.session).optOut?.('ada@opt.io');
    expect((await read(id))['email_opt_out']).toBe('true');
    const consents = await readConsent(openHubSpot(crm.session), ['Ada@Opt.io', 'nobody@opt.io']);
    expect(consents.get('Ada@Opt.io')?.optedOut).toBe(true);
    expect(consents.get('nobody@opt.io')?.optedOut).toBeNull();
  });

  it('of a whole account are first only a hint, so that nobody counts as willing', async () => {
    const id = await crm.create('contacts', { email: 'first@opt.io' });
    const { records } = await openHubSpotReader(crm.session).listPage('contacts', {
      after: null,
      limit: 100,
    });
    const fields = records.find(({ record }) => record.ref.id === id)?.record.fields;
    expect(fields).toMatchObject({ email: 'first@opt.io' });
    // Left out, not emptied: what is known from before still holds.
    expect(fields).not.toHaveProperty('email_opt_out');
  });

  it('of a hundred are not lost for one address that HubSpot refuses', async () => {
    const asked: number[] = [];
    const stub = await startStub((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const { inputs } = JSON.parse(body) as { inputs: string[] };
        asked.push(inputs.length);
        if (inputs.includes('odd@')) {
          response.writeHead(400).end('{"message":"odd@ is no address","category":"VALIDATION_ERROR"}');
          return;
        }
        const wideStatuses = [{ status: 'UNSUBSCRIBED' }];
        const results = inputs.map(one => ({ subscriberIdString: one, statuses: [], wideStatuses }));
        response.end(JSON.stringify({ status: 'COMPLETE', results }));
      });
    });
    const good = Array.from({ length: 99 }, (_, i) => `p${i}@opt.io`);
    const consents = await readConsent(openHubSpot(sessionTo(stub.url)), ['odd@', ...good]);
    await stub.stop();
    expect([...consents.keys()].sort()).toEqual(good.sort());
    expect([...consents.values()].every(({ optedOut }) => optedOut === true)).toBe(true);
    expect(asked.length).toBeLessThan(40);
  });

  it('stop an e-mail task at the last moment, and no other task', async () => {
    const id = await crm.create('contacts', { email: 'late@opt.io' });
    const writer = openHubSpotWriter(crm.session);
    await writer.optOut?.('late@opt.io');
    const task: TaskChange = {
      id: 'chg_late',
      kind: 'task',
      subject: { crm: 'hubspot', object: 'contacts', id },
      channel: 'email',
      title: 'Write',
      body: '',
      draft: { subject: 'Hello', body: 'Hello' },
      dueAt: '2026-12-01T09:00:00.000Z',
      ownerId: null,
    };
    const stamp = { decisionId: 'dec_1', agent: 'follow-up', approvedBy: null };
    await expect(writer.createTask(task, stamp)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('opted out of e-mail in HubSpot'),
    });
    expect(await crm.list('tasks', [])).toEqual([]);
  });
});

describe('what the preferences say', () => {
  const answers = async (statuses: object[], wide: object[] = []) => {
    const stub = await startStub((request, response) => {
      const results = request.url?.includes('unsubscribe-all')
        ? [{ subscriberIdString: 'a@b.io', wideStatuses: wide }]
        : [{ subscriberIdString: 'A@b.io', statuses }];
      response.end(JSON.stringify({ status: 'COMPLETE', results }));
    });
    const consents = await readConsent(openHubSpot(sessionTo(stub.url)), ['a@B.io']);
    await stub.stop();
    return consents.get('a@B.io');
  };
  const status = (subscriptionName: string, state: string) => ({
    subscriptionId: 1,
    subscriptionName,
    status: state,
  });

  it.each([
    ['nothing said', [status('News', 'NOT_SPECIFIED')], [], null],
    ['nothing known', [], [], null],
    ['one kind taken', [status('News', 'SUBSCRIBED'), status('One to One', 'NOT_SPECIFIED')], [], false],
    ['a newsletter left', [status('News', 'UNSUBSCRIBED'), status('One to One', 'SUBSCRIBED')], [], false],
    ['what reps write left', [status('News', 'SUBSCRIBED'), status('One to One', 'UNSUBSCRIBED')], [], true],
    ['each kind left', [status('News', 'UNSUBSCRIBED')], [], true],
    ['everything left', [], [{ status: 'UNSUBSCRIBED', wideStatusType: 'PORTAL_WIDE' }], true],
  ])('%s', async (_, statuses, wide, optedOut) => {
    expect((await answers(statuses, wide))?.optedOut).toBe(optedOut);
  });

  it('is not said where the account does not share them, which is asked once', async () => {
    let asked = 0;
    const stub = await startStub((_, response) => {
      asked += 1;
      response.writeHead(403).end('{"message":"scope"}');
    });
    const contact = (id: string, hs_email_optout: string | null) => ({
      id,
      properties: { email: `${id}@b.io`, hs_email_optout },
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      archived: false,
    });
    const hubspot = openHubSpot(sessionTo(stub.url));
    const said = await consentFields(hubspot, [contact('1', 'true'), contact('2', null)], true);
    const first = asked;
    await consentFields(hubspot, [contact('3', 'false')], true);
    await stub.stop();
    expect([...said.values()]).toEqual([{}, {}]);
    expect(asked).toBe(first);
  });
});
