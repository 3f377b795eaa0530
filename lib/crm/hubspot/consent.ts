import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { chunksOf } from '../chunks.ts';
import type { Consent } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { batchOf } from './wire.ts';

const base = `/communication-preferences/${version}/statuses`;
const query = { channel: 'EMAIL' };
const mostAtOnce = 100;

const WireStatuses = z.looseObject({
  subscriberIdString: z.string(),
  statuses: z.array(
    z.looseObject({
      subscriptionId: z.union([z.number(), z.string()]).transform(String),
      subscriptionName: z.string().nullish(),
      status: z.string(),
    }),
  ),
});
const WireWide = z.looseObject({
  subscriberIdString: z.string(),
  wideStatuses: z.array(z.looseObject({ status: z.string() })),
});

/** HubSpot's own subscription type for what a rep writes to one person. */
const salesMail = /^one[ -]?to[ -]?one$/i;
const out = 'UNSUBSCRIBED';

/**
 * Opt-outs by HubSpot's communication preferences, two requests for a hundred addresses. Out is whoever left all
 * e-mail, in the account or one of its brands, whoever left the kind that reps write, and whoever left every kind.
 * An address that HubSpot refuses is not in the answer.
 */
export async function readConsent(
  hubspot: HubSpot,
  emails: readonly string[],
): Promise<Map<string, Consent>> {
  const consents = new Map<string, Consent>();
  const asked = Map.groupBy(emails, lower);
  for (const inputs of chunksOf([...asked.keys()], mostAtOnce)) {
    for (const [email, consent] of await readUnlessRefused(hubspot, inputs))
      for (const written of asked.get(email) ?? []) consents.set(written, consent);
  }
  return consents;
}

/** HubSpot refuses a batch for one odd address in it: halved until that stands alone, the others are not lost. */
async function readUnlessRefused(
  hubspot: HubSpot,
  inputs: readonly string[],
): Promise<[email: string, Consent][]> {
  try {
    return await readBatch(hubspot, inputs);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'refused') throw error;
    if (inputs.length === 1) return [];
    const halves = chunksOf(inputs, Math.ceil(inputs.length / 2));
    const read = [];
    for (const half of halves) read.push(...(await readUnlessRefused(hubspot, half)));
    return read;
  }
}

async function readBatch(hubspot: HubSpot, inputs: readonly string[]): Promise<[email: string, Consent][]> {
  const [statuses, wide] = await Promise.all([
    ask(hubspot, `${base}/batch/read`, inputs, WireStatuses),
    ask(hubspot, `${base}/batch/unsubscribe-all/read`, inputs, WireWide),
  ]);
  const leftAll = new Set(
    wide
      .filter(({ wideStatuses }) => wideStatuses.some(({ status }) => status === out))
      .map(({ subscriberIdString }) => lower(subscriberIdString)),
  );
  const known = new Map(statuses.map(one => [lower(one.subscriberIdString), one.statuses]));
  return inputs.map(email => [email, consentOf(known.get(email) ?? [], leftAll.has(email))]);
}

function consentOf(statuses: z.infer<typeof WireStatuses>['statuses'], leftAll: boolean): Consent {
  const leftSales = statuses.some(
    ({ subscriptionName, status }) => salesMail.test(subscriptionName ?? '') && status === out,
  );
  const said = statuses.filter(({ status }) => status !== 'NOT_SPECIFIED');
  const leftEach = statuses.length > 0 && statuses.every(({ status }) => status === out);
  const isIn = said.some(({ status }) => status === 'SUBSCRIBED');
  return {
    optedOut: leftAll || leftSales || leftEach || (isIn ? false : null),
    subscriptions: said
      .map(one => ({ id: one.subscriptionId, name: one.subscriptionName ?? '', status: one.status }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

async function ask<T extends z.ZodType>(
  hubspot: HubSpot,
  path: string,
  inputs: readonly string[],
  result: T,
): Promise<z.infer<T>[]> {
  const doing = 'reading who opted out of e-mail';
  return resultsOf(
    await hubspot.send({ method: 'POST', path, query, body: { inputs }, doing }, batchOf(result)),
    doing,
  );
}

/** Unsubscribes an address from all e-mail of the account. */
export async function optOut(hubspot: HubSpot, email: string): Promise<void> {
  const path = `${base}/${encodeURIComponent(email)}/unsubscribe-all`;
  await hubspot.send({ method: 'POST', path, query, doing: 'opting a person out of e-mail' }, z.unknown());
}

const lower = (email: string): string => email.trim().toLowerCase();
