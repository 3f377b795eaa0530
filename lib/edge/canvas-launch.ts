import { AppError } from '#lib/core/errors.ts';
import { cardPath } from '#lib/core/record-url.ts';
import { openConnection } from '#lib/crm/connections.ts';
import { noteOnce } from '#lib/sign-in/sign-in.ts';
import { known, launchPath, longSalesforceId, tenantOf } from '#lib/vouch.ts';
import { readCanvasRequest, verifyCanvasSignature } from './canvas.ts';
import { processFlow } from './open-process.ts';
import { salesforceSubject } from './salesforce-launch.ts';

const untrusted = new AppError(
  'unauthenticated',
  'This request of Salesforce cannot be trusted. Check that Sidecard has the consumer secret of this very app.',
);

/**
 * The path that opens the card for the user and record of a Canvas signed request. Each request counts once: who gets hold
 * of one later cannot come in with it. Throws AppError('unauthenticated' | 'bad_input').
 */
export async function launchFromCanvas(signed: string): Promise<string> {
  const flow = processFlow();
  const request = readCanvasRequest(signed);
  if (!request) throw untrusted;
  const { user, organization, environment } = request.context;
  const tenantId = await tenantOf(flow, 'salesforce', longSalesforceId(organization.organizationId));
  const { secrets } = await flow.db.tenant(tenantId, tx => openConnection(tx, flow.sealingKey));
  if (secrets.kind === 'token' || !verifyCanvasSignature(signed, secrets.app.secret)) throw untrusted;
  const { Id: id, attributes } = environment.record ?? {};
  if (id === undefined || attributes === undefined)
    throw new AppError('bad_input', 'Put Sidecard on the pages of records: here it cannot tell which one.');
  const place = cardPath(salesforceSubject({ type: attributes.type, id }));
  const vouched = await known(flow, tenantId, {
    userId: longSalesforceId(user.userId),
    name: user.fullName ?? null,
    email: user.email ?? null,
  });
  const isNew = await flow.db.tenant(tenantId, tx =>
    noteOnce(tx, signed, vouched.person, { source: 'canvas', place }, flow.now()),
  );
  if (!isNew)
    throw new AppError('unauthenticated', 'This request was used already. Load the record page again.');
  return launchPath(flow, vouched, { source: 'canvas', place });
}
