import type { CrmPages } from '#lib/core/record-url.ts';
import type { SuggestionView } from '#lib/views/types.ts';
import { ClaimList } from '#components/record/claim-list.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { DraftText } from './draft-text.tsx';

/** The draft as the recipient would read it, and below it every claim with its evidence. */
export function DraftBlock({
  draft,
  writtenBy,
  crmPages,
  onOpened,
}: {
  draft: NonNullable<SuggestionView['draft']>;
  writtenBy: SuggestionView['writtenBy'];
  crmPages: CrmPages | null;
  onOpened: () => void;
}) {
  return (
    <section aria-labelledby="draft-title" className="space-y-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 id="draft-title" className="text-xs font-medium text-muted">
          Draft
        </h3>
        {writtenBy === 'rules' && (
          <span className="text-xs text-muted">Written without a language model</span>
        )}
      </div>
      <div className="rounded border border-line bg-sunken px-3 py-2">
        {draft.subject && <p className="mb-2 font-semibold">{draft.subject}</p>}
        <DraftText
          text={draft.body}
          claims={draft.claims}
          idPrefix="claim"
          crmPages={crmPages}
          onOpened={onOpened}
        />
      </div>
      {draft.claims.length > 0 && (
        <Disclosure
          summary={`${countOf(draft.claims.length, 'statement')} in it, with evidence`}
          onOpen={onOpened}
        >
          <ClaimList claims={draft.claims} crmPages={crmPages} idPrefix="claim" onOpened={onOpened} />
        </Disclosure>
      )}
    </section>
  );
}
