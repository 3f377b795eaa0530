import type { DealRow } from '#lib/views/types.ts';
import { accountHref } from '#components/record/record-href.ts';
import { TextLink } from '#components/ui/text-link.tsx';

/** A deal's company, with the way to its map. */
export function AccountName({ deal: { subject, account, accountId } }: { deal: DealRow }) {
  if (account === null) return 'no company';
  if (accountId === null) return account;
  return (
    <TextLink href={accountHref({ crm: subject.crm, id: accountId })} label={`Account map of ${account}`}>
      {account}
    </TextLink>
  );
}
