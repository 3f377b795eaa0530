import type { CrmPages } from '#lib/core/record-url.ts';
import { connectionOf, type Connection } from '#lib/crm/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** Where the connected CRM shows its records; null where it has no pages. */
export const pagesOf = (connection: Connection | null): CrmPages | null =>
  connection === null || connection.appUrl === ''
    ? null
    : {
        crm: connection.crm,
        origin: connection.appUrl,
        account: connection.kind === 'demo' ? null : connection.accountId,
      };

export const crmPagesOf = async (tx: TenantTx): Promise<CrmPages | null> => pagesOf(await connectionOf(tx));
