import type { CrmPages } from '#lib/core/record-url.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import { Changes } from '#components/record/changes.tsx';
import { ClaimList } from '#components/record/claim-list.tsx';
import { confidenceWord } from '#components/record/record-words.ts';
import { formatPercent } from '#components/ui/number-format.ts';
import { Time } from '#components/ui/time.tsx';

/** A proposal or an abstention in full, as it stood at that point of the flow. */
export function SuggestionPart({
  suggestion,
  crmPages,
}: {
  suggestion: Suggestion;
  crmPages: CrmPages | null;
}) {
  if (suggestion.outcome === 'abstain')
    return (
      <div className="space-y-2">
        <p>
          <span className="font-medium">{suggestion.agent}</span> proposed nothing: {suggestion.reason}
        </p>
        <ClaimList claims={suggestion.why} crmPages={crmPages} />
      </div>
    );
  const { agent, confidence, writtenBy, sendAt, timezone, expiresAt, changes, why, claims } = suggestion;
  return (
    <div className="space-y-3">
      <p>
        By <span className="font-medium">{agent}</span>, written by{' '}
        {writtenBy === 'rules' ? 'rules' : 'a language model'}, confidence {confidenceWord(confidence)} (
        {formatPercent(confidence)}).
        {sendAt && (
          <>
            {' '}
            To be sent <Time at={sendAt} />
            {timezone ? ` (recipient in ${timezone.name}, from ${timezone.from})` : ' (time zone unknown)'}.
          </>
        )}{' '}
        Open until <Time at={expiresAt} />.
      </p>
      <Changes changes={changes} />
      <div>
        <h3 className="text-xs font-medium text-muted">Why</h3>
        <ClaimList claims={why} crmPages={crmPages} />
      </div>
      {claims.length > 0 && (
        <div>
          <h3 className="text-xs font-medium text-muted">Claims of the draft</h3>
          <ClaimList claims={claims} crmPages={crmPages} />
        </div>
      )}
    </div>
  );
}
