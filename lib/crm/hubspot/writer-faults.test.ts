import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RequestListener } from 'node:http';
import type { TaskChange } from '#lib/core/proposal.ts';
import { installHubSpotProperties } from './install.ts';
import { sessionTo, startStub, startTestCrm, type TestCrm } from '../testing/test-crm.ts';
import { openHubSpotWriter } from './writer.ts';

const stamp = { decisionId: 'dec_1', agent: 'follow-up', approvedBy: 'Dana Reyes' };
const at = '2026-11-20T08:00:00.000Z';
const task = (subjectId: string, more: Partial<TaskChange> = {}): TaskChange => ({
  id: 'chg_1',
  kind: 'task',
  subject: { crm: 'hubspot', object: 'contacts', id: subjectId },
  channel: 'call',
  title: 'Call',
  body: 'About prices',
  draft: null,
  dueAt: '2026-12-01T09:00:00.000Z',
  ownerId: null,
  ...more,
});

describe('stamps in HubSpot', () => {
  let crm: TestCrm;
  beforeAll(async () => {
    crm = await startTestCrm();
    await installHubSpotProperties(crm.session);
  });
  afterAll(() => crm.stop());

  it('stand on tasks: decision, agent and who approved', async () => {
    const id = await crm.create('contacts', { email: 's@stamp.io' });
    await openHubSpotWriter(crm.session).createTask(task(id), stamp);
    const [made] = await crm.list('tasks', [
      'sidecard_decision_id',
      'sidecard_agent',
      'sidecard_approved_by',
    ]);
    expect(made?.properties).toMatchObject({
      sidecard_decision_id: 'dec_1',
      sidecard_agent: 'follow-up',
      sidecard_approved_by: 'Dana Reyes',
    });
  });

  it('stand on changed records in the same request, so that the CRM’s own history has them', async () => {
    const id = await crm.create('deals', { dealname: 'D', dealstage: 'qualifiedtobuy' });
    const writer = openHubSpotWriter(crm.session);
    const subject = { crm: 'hubspot', object: 'deals', id } as const;
    await writer.updateFields(subject, { amount: '10' }, { ...stamp, at, undo: false });
    const undo = { ...stamp, approvedBy: 'Ola', at, undo: true };
    expect((await writer.updateFields(subject, { amount: null }, undo)).values).toEqual({ amount: null });
    const query = 'propertiesWithHistory=sidecard_last_change,amount';
    const read = await crm.call('GET', `/crm/objects/2026-09/deals/${id}?${query}`);
    const history = read['propertiesWithHistory'] as Record<string, { value: string; timestamp: string }[]>;
    expect(history['sidecard_last_change']?.map(({ value }) => value)).toEqual([
      `decision dec_1, follow-up agent, taken back by Ola, at ${at}: amount`,
      `decision dec_1, follow-up agent, approved by Dana Reyes, at ${at}: amount`,
    ]);
    expect(history['sidecard_last_change']?.[0]?.timestamp).toBe(history['amount']?.[0]?.timestamp);
  });

  it('do not keep a change back when somebody deleted our property', async () => {
    const bare = await startTestCrm();
    const id = await bare.create('contacts', { email: 'b@stamp.io' });
    const subject = { crm: 'hubspot', object: 'contacts', id } as const;
    const change = { ...stamp, at, undo: false };
    const written = await openHubSpotWriter(bare.session).updateFields(subject, { firstname: 'Ann' }, change);
    await bare.stop();
    expect(written.values).toEqual({ firstname: 'Ann' });
  });

  it('an e-mail task offers the rep a place to write it', async () => {
    const id = await crm.create('contacts', { email: 'm&m@stamp.io' });
    const draft = { subject: 'Prices & terms', body: 'Hello\n"Ann"' };
    const connected = { ...crm.session, kind: 'connected' as const, appUrl: 'https://app.hubspot.com' };
    const change = task(id, { id: 'chg_mail', channel: 'email', draft });
    await openHubSpotWriter(connected).createTask(change, stamp);
    const made = await crm.list('tasks', ['hs_task_body', 'sidecard_change_id']);
    const body = made.find(one => one.properties['sidecard_change_id'] === 'chg_mail')?.properties[
      'hs_task_body'
    ];
    expect(body).toContain(
      '<a href="mailto:m%26m%40stamp.io?subject=Prices%20%26%20terms&amp;body=Hello%0D%0A%22Ann%22">',
    );
    expect(body).toContain(`https://app.hubspot.com/contacts/1/record/0-1/${id}?interaction=email`);
  });

  it('scores are written in batches, and one that is refused does not stop the others', async () => {
    const id = await crm.create('contacts', { email: 'score@stamp.io' });
    const row = { score: 81, band: 'hot', scoredAt: at } as const;
    const subject = (one: string) => ({ crm: 'hubspot', object: 'contacts', id: one }) as const;
    const { written, refused } = (await openHubSpotWriter(crm.session).writeScores?.([
      { subject: subject(id), ...row },
      { subject: subject('99999'), ...row },
    ])) ?? { written: [], refused: [] };
    expect(written).toEqual([subject(id)]);
    expect(refused).toEqual([{ subject: subject('99999'), words: expect.stringMatching(/./) }]);
    const read = await crm.call(
      'GET',
      `/crm/objects/2026-09/contacts/${id}?properties=sidecard_score,sidecard_score_band`,
    );
    expect(read['properties']).toMatchObject({ sidecard_score: '81', sidecard_score_band: 'hot' });
  });
});

describe('an answer that was lost', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const record = (id: string) => ({ id, properties: {}, createdAt: at, updatedAt: at });

  /** A HubSpot that loses its first answer, and whose index finds nothing until it was asked `lag` times. */
  async function forgetful(lag: number) {
    const kept: string[] = [];
    let asked = 0;
    const answer: RequestListener = (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const body = JSON.parse(text || '{}') as { properties?: Record<string, string> };
        if (request.url?.endsWith('/batch/read')) {
          const found = ++asked > lag && kept.length > 0 ? [record('7')] : [];
          response.end(JSON.stringify({ results: found }));
          return;
        }
        const key = body.properties?.['sidecard_change_id'] ?? '';
        if (kept.includes(key)) {
          const message = `sidecard_change_id: ${key} is already used by another record`;
          response.writeHead(400).end(JSON.stringify({ category: 'VALIDATION_ERROR', message }));
          return;
        }
        kept.push(key);
        request.socket.destroy();
      });
    };
    const stub = await startStub(answer);
    stops.push(stub.stop);
    return { writer: openHubSpotWriter(sessionTo(stub.url)), kept };
  }

  it.each([0, 1, 2])('is asked for again until the index has it, after %i misses', async lag => {
    const { writer, kept } = await forgetful(lag);
    const attempts: string[] = [];
    for (let i = 0; i < 5 && attempts.at(-1) !== '7'; i++)
      attempts.push(
        await writer.createTask(task('1'), stamp).then(
          made => made.ref.id,
          (error: { code: string }) => error.code,
        ),
      );
    expect(attempts.slice(0, -1)).toEqual(attempts.slice(0, -1).map(() => 'unavailable'));
    expect(attempts.at(-1)).toBe('7');
    expect(kept).toEqual(['chg_1']);
  });

  it('a validation rule of the account is a refusal in HubSpot’s own words', async () => {
    const stub = await startStub((request, response) => {
      const message = 'Property values were not valid';
      const errors = [{ message: 'Task type must be CALL for contacts in Norway.' }];
      const refusal = JSON.stringify({ category: 'VALIDATION_ERROR', message, errors });
      if (request.url?.endsWith('/batch/read')) response.end('{"results":[]}');
      else response.writeHead(400).end(refusal);
    });
    stops.push(stub.stop);
    await expect(openHubSpotWriter(sessionTo(stub.url)).createTask(task('1'), stamp)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('Task type must be CALL for contacts in Norway.'),
    });
  });
});
