import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { Reason } from '#lib/core/score.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { formatSigned } from '#components/ui/number-format.ts';

function ReasonList({
  title,
  reasons,
  none,
  up,
  crmPages,
  onOpened,
}: {
  title: string;
  reasons: readonly Reason[];
  none: string;
  up: boolean;
  crmPages: CrmPages | null;
  onOpened?: (() => void) | undefined;
}) {
  const Icon = up ? ArrowUp : ArrowDown;
  return (
    <div>
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      {reasons.length === 0 && <p className="py-1 text-muted">{none}</p>}
      <ul>
        {reasons.map(reason => (
          <li key={reason.text} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2 py-1">
            <span className="flex items-center justify-end gap-0.5 self-start font-semibold whitespace-nowrap">
              <Icon aria-hidden className={up ? 'size-3.5 text-good' : 'size-3.5 text-bad'} />
              {formatSigned(reason.points)}
              <span className="sr-only"> points:</span>
            </span>
            <span>
              {reason.text}
              <br />
              <EvidenceList evidence={reason.evidence} crmPages={crmPages} max={2} onOpened={onOpened} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** At most three reasons each way, in points of the score, each with the fact behind it. */
export function ScoreReasons({
  reasons,
  crmPages,
  onOpened,
}: {
  reasons: { up: readonly Reason[]; down: readonly Reason[] };
  crmPages: CrmPages | null;
  onOpened?: () => void;
}) {
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
      <ReasonList
        title="What raised it"
        reasons={reasons.up.slice(0, 3)}
        none="Nothing stands out."
        up
        crmPages={crmPages}
        onOpened={onOpened}
      />
      <ReasonList
        title="What lowered it"
        reasons={reasons.down.slice(0, 3)}
        none="Nothing stands out."
        up={false}
        crmPages={crmPages}
        onOpened={onOpened}
      />
    </div>
  );
}
