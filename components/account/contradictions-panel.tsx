import type { AccountGraphView } from '#lib/views/account-graph-types.ts';
import { EvidenceSource } from '#components/record/evidence-link.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';

/** What somebody said beside the field that says otherwise. */
export function ContradictionsPanel({ view }: { view: AccountGraphView }) {
  return (
    <Panel id="contradictions" title="Contradictions">
      {view.contradictions.length === 0 && (
        <Empty>Nothing was found that was said and that a field says otherwise.</Empty>
      )}
      <ul className="space-y-4">
        {view.contradictions.map(({ about, text, said, field }) => (
          <li key={`${about.key} ${text}`} className="space-y-2">
            <p className="font-medium">{text}</p>
            <div className="grid gap-3 sm:grid-cols-2">
              {[
                { label: 'What was said', evidence: said },
                { label: 'What the field says', evidence: field },
              ].map(({ label, evidence }) => (
                <div key={label} className="min-w-0">
                  <h3 className="mb-1 text-xs font-semibold text-muted">{label}</h3>
                  <EvidenceSource evidence={evidence} crmPages={view.crmPages} />
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
