import type { SubjectView } from '#lib/views/types.ts';
import { accountHref } from '#components/record/record-href.ts';
import { TextLink } from '#components/ui/text-link.tsx';

/** The company of the record, and the way to who knows whom there. */
export const AccountLine = ({ account }: { account: NonNullable<SubjectView['account']> }) => (
  <p className="flex flex-wrap items-baseline justify-between gap-x-3 border-b border-line px-4 py-1.5 text-xs text-muted">
    <span className="min-w-0 truncate">{account.name}</span>
    <TextLink href={accountHref(account.subject)} opens="tab">
      Account map
    </TextLink>
  </p>
);
