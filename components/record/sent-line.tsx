import type { SuggestionView } from '#lib/views/types.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { formatPercent } from '#components/ui/number-format.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { recordHref, type CrmPages } from '#lib/core/record-url.ts';

/** That the suggested e-mail was really sent, how much of it was changed, and how that is known. */
export function SentLine({
  sent,
  crmPages,
}: {
  sent: NonNullable<SuggestionView['sent']>;
  crmPages: CrmPages | null;
}) {
  const href = recordHref(crmPages, sent.url);
  const changed = sent.edited < 0.005 ? 'as it was' : `edited by ${formatPercent(sent.edited)}`;
  return (
    <div>
      <p>
        Sent <Time at={sent.at} />, {changed}
        {href && (
          <>
            {' · '}
            <TextLink href={href} opens="top">
              e-mail
            </TextLink>
          </>
        )}
      </p>
      <Disclosure summary="How this is known">
        <ul className="list-disc pl-5">
          {sent.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
