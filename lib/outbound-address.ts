import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { openConnection } from '#lib/crm/connections.ts';
import type { Flow } from './flow.ts';
import { mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

/**
 * The address that an admin enters in Salesforce's outbound messages. Its key is a secret: whoever has it can announce
 * changes. Throws AppError('forbidden'), and 'bad_input' for a CRM that sends none. `publicUrl`: where Salesforce reaches us.
 */
export async function outboundAddress(
  flow: Flow,
  scope: Scope,
  publicUrl: string,
  s: Stages = stages,
): Promise<string> {
  const { crm, secrets } = await flow.db.tenant(scope.tenantId, async tx => {
    await mayDo(tx, scope, 'change_settings', s);
    return openConnection(tx, flow.sealingKey);
  });
  if (crm !== 'salesforce')
    throw new AppError(
      'bad_input',
      'Only Salesforce sends outbound messages; another CRM is connected here.',
    );
  const address = new URL('/api/webhooks/salesforce', publicUrl);
  address.searchParams.set('key', secrets.webhookSecret);
  return address.href;
}
