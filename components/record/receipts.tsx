import type { Receipt } from '#lib/core/answer.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { recordHref, type CrmPages } from '#lib/core/record-url.ts';
import { objectWord, receiptWord } from './record-words.ts';

/** What the CRM confirmed, each with a link to it. */
export function Receipts({
  receipts,
  crmPages,
}: {
  receipts: readonly Receipt[];
  crmPages: CrmPages | null;
}) {
  return (
    <ul className="space-y-1">
      {receipts.map(receipt => {
        const href = recordHref(crmPages, receipt.url);
        const what = `${objectWord[receipt.ref.object]} ${receipt.ref.id}`;
        return (
          <li key={`${receipt.changeId} ${receipt.outcome} ${receipt.at}`}>
            {receiptWord[receipt.outcome]}:{' '}
            {href ? (
              <TextLink href={href} opens="top">
                {what}
              </TextLink>
            ) : (
              what
            )}
            , <Time at={receipt.at} />
          </li>
        );
      })}
    </ul>
  );
}
