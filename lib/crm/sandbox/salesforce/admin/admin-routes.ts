import { Hono } from 'hono';
import { z } from 'zod';
import type { OutboundCounts } from '../events/deliver-outbound.ts';
import { appendGap, latestReplay } from '../events/log-change.ts';
import { ORGANIZATION_ID, toLongId } from '../ids.ts';
import { ADMIN_ID, inTransaction, type Actor, type Org } from '../org.ts';
import { findSession, saveApp } from '../oauth/sessions.ts';
import { convertLead, mergeRecords } from '../records/convert-lead.ts';
import { undeleteRecord } from '../records/delete-record.ts';
import { badJson, notFound, SalesforceRefusal } from '../refusal.ts';
import { compileCondition } from '../soql/compile.ts';
import { parseCondition } from '../soql/parse.ts';
import { seedDemo } from '../seed/seed-demo.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { dailyLimit, pathObject, type Usage } from '../wire/context.ts';
import type { ValidationRule } from '../records/check-rules.ts';
import { deployField, deployPackage, fieldBody } from './deploy-fields.ts';

/** What people do on Salesforce's pages. */
export const PERSON: Actor = { userId: ADMIN_ID, origin: '', allowDuplicates: true };

type Running = {
  pubSub: { port: number; certificate: string; subscribers: () => number; disconnect: () => void };
  outbound: { counts: OutboundCounts; wake: () => void };
  usage: Usage;
};

const appBody = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  redirectUris: z.array(z.url()).optional(),
  certificate: z.string().optional(),
  rotateRefreshTokens: z.boolean().optional(),
  requirePkce: z.boolean().optional(),
  accessTokenMs: z.number().int().positive().optional(),
});
const ruleBody = z.object({
  object: z.string(),
  name: z.string().min(1),
  when: z.string().min(1),
  message: z.string().min(1),
  field: z.string().optional(),
});
const faultsBody = z.object({
  lockEvery: z.number().int().min(0).optional(),
  lockNext: z.number().int().min(0).optional(),
  gaps: z.number().int().min(0).optional(),
});
const gapBody = z.object({
  object: z.string(),
  changeType: z.enum(['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE', 'GAP_OVERFLOW']),
  ids: z.array(z.string()).default([]),
});
const convertBody = z.object({
  accountId: z.string().optional(),
  opportunityName: z.string().nullable().optional(),
  stage: z.string().optional(),
});
const outboundBody = z.object({
  url: z.url({ protocol: /^https?$/ }),
  objects: z.array(z.string()).min(1),
  retryBaseMs: z.number().int().positive().optional(),
});

type WithoutUndefined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const given = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as WithoutUndefined<T>;

/**
 * What an admin of a real org does on its pages, and what goes wrong there on demand: apps, fields, rules,
 * conversion, merges, limits, gaps. Salesforce's interfaces have none of it.
 */
export function adminRoutes(org: Org, running: Running): Hono {
  const routes = new Hono();
  const { pubSub, outbound, usage } = running;
  const body = async <T extends z.ZodType>(
    c: { req: { text: () => Promise<string> } },
    schema: T,
  ): Promise<z.infer<T>> => {
    const parsed = schema.safeParse(JSON.parse((await c.req.text()) || '{}'));
    if (parsed.success) return parsed.data;
    throw badJson(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  };

  routes.get('/stats', c => {
    const rows = org.store.all('SELECT type, count(*) AS n FROM sf_record WHERE deleted = 0 GROUP BY type');
    const waiting = Number(org.store.get('SELECT count(*) AS n FROM sf_outbound')?.['n']);
    return c.json({
      organizationId: ORGANIZATION_ID,
      adminId: ADMIN_ID,
      pubSub: { port: pubSub.port, subscribers: pubSub.subscribers(), latestReplayId: latestReplay(org) },
      usage: { used: usage.used, limit: dailyLimit(org) },
      outbound: { waiting, ...outbound.counts },
      records: Object.fromEntries(rows.map(row => [String(row['type']), Number(row['n'])])),
    });
  });
  routes.get('/pubsub-certificate', c => c.text(pubSub.certificate));

  routes.use(async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (!findSession(org, token))
      throw new SalesforceRefusal('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
    await next();
  });
  routes.post('/apps', async c => c.json(saveApp(org, given(await body(c, appBody))), 201));
  routes.post('/fields', async c => {
    const request = await body(c, fieldBody);
    deployField(org, request);
    return c.json({ deployed: [`${request.object}.${request.fullName}`] }, 201);
  });
  routes.post('/deploy', async c => {
    const { folder } = await body(c, z.object({ folder: z.string().default('extensions/salesforce') }));
    return c.json({ deployed: deployPackage(org, folder) }, 201);
  });
  routes.put('/validation-rules', async c => {
    const rules = (await body(c, z.array(ruleBody))).map(given) as ValidationRule[];
    for (const { object, when } of rules)
      compileCondition(org, pathObject(org, object), parseCondition(when));
    writeSetting(org.store, 'validation-rules', rules);
    return c.json(rules);
  });
  routes.put('/duplicate-rules', async c => {
    const rules = await body(c, z.record(z.string(), z.string()));
    for (const [object, name] of Object.entries(rules)) {
      const found = org.schema.field(pathObject(org, object), name);
      if (!found) throw notFound();
      rules[object] = found.name;
    }
    writeSetting(org.store, 'duplicate-rules', rules);
    return c.json(rules);
  });
  routes.post('/leads/:id/convert', async c => {
    const id = toLongId(c.req.param('id')) ?? '';
    return c.json(convertLead(org, PERSON, id, given(await body(c, convertBody))));
  });
  routes.post('/merge', async c => {
    const { object, master, loser } = await body(
      c,
      z.object({ object: z.string(), master: z.string(), loser: z.string() }),
    );
    const ids = { master: toLongId(master) ?? '', loser: toLongId(loser) ?? '' };
    return c.json({ id: mergeRecords(org, PERSON, pathObject(org, object), ids).id });
  });
  routes.post('/undelete', async c => {
    const { object, id } = await body(c, z.object({ object: z.string(), id: z.string() }));
    undeleteRecord(org, PERSON, pathObject(org, object), toLongId(id) ?? '');
    return c.body(null, 204);
  });
  routes.put('/limits', async c => {
    const { daily, used } = await body(
      c,
      z.object({ daily: z.number().int().positive().optional(), used: z.number().int().min(0).optional() }),
    );
    if (daily !== undefined) writeSetting(org.store, 'daily-requests', daily);
    if (used !== undefined) Object.assign(usage, { used, day: Math.floor(org.store.now() / 86_400_000) });
    return c.json({ limit: dailyLimit(org), used: usage.used });
  });
  routes.post('/faults', async c => {
    Object.assign(org.faults, { writes: 0 }, given(await body(c, faultsBody)));
    return c.json(org.faults);
  });
  routes.post('/gap', async c => {
    const { object, changeType, ids } = await body(c, gapBody);
    inTransaction(org, () =>
      appendGap(
        org,
        pathObject(org, object),
        changeType,
        ids.map(id => toLongId(id) ?? id),
      ),
    );
    return c.json({ latestReplayId: latestReplay(org) });
  });
  routes.post('/pubsub/disconnect', c => {
    pubSub.disconnect();
    return c.body(null, 204);
  });
  routes.post('/tokens/expire', c => {
    org.store.run("DELETE FROM sf_session WHERE kind = 'access'");
    return c.body(null, 204);
  });
  routes.put('/outbound-messages', async c => {
    const target = given(await body(c, outboundBody));
    writeSetting(org.store, 'outbound', {
      ...target,
      objects: target.objects.map(name => pathObject(org, name).name),
    });
    return c.json(readSetting(org.store, 'outbound'));
  });
  routes.delete('/outbound-messages', c => {
    writeSetting(org.store, 'outbound', null);
    return c.body(null, 204);
  });
  routes.post('/seed', c => c.json({ created: seedDemo(org) }, 201));
  return routes;
}
