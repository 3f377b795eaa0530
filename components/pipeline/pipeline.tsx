'use client';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { PipelineView } from '#lib/views/types.ts';
import { PageHead } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';
import { AtRisk } from './at-risk.tsx';
import { ChangesSince } from './changes-since.tsx';
import { Hygiene } from './hygiene.tsx';
import { Reps } from './reps.tsx';
import { Stages } from './stages.tsx';
import { Totals } from './totals.tsx';

/** The manager's page: every number leads to the deals behind it. `crmPages` is the base of evidence paths. */
export function Pipeline({ view, crmPages }: { view: PipelineView; crmPages: CrmPages | null }) {
  return (
    <>
      <PageHead title="Pipeline">
        as of <Time at={view.asOf} />, in {view.currency}
      </PageHead>
      <div className="space-y-4">
        <Totals view={view} />
        <Stages stages={view.stages} currency={view.currency} />
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <AtRisk risks={view.atRisk} crmPages={crmPages} />
          <div className="space-y-4">
            <ChangesSince change={view.change} currency={view.currency} />
            <Hygiene items={view.hygiene} />
          </div>
        </div>
        <Reps reps={view.reps} currency={view.currency} />
      </div>
    </>
  );
}
