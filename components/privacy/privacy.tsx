'use client';
import type { PrivacyView } from '#lib/views/privacy.ts';
import { Button } from '#components/ui/button.tsx';
import { inputLook } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Erasures } from './erasures.tsx';
import { PersonRights, type PersonEvents } from './person-rights.tsx';
import { Rights } from './rights.tsx';

export interface PrivacyProps extends PersonEvents {
  view: PrivacyView;
  busy?: boolean;
  /** What went wrong with the last action, or what it did. */
  told?: { level: 'problem' | 'good'; text: string } | null;
  onWithdraw: (id: string) => void;
  onLift: (id: string) => void;
}

/** People's rights: who is known, what they asked for, and what was done. */
export function Privacy({ view, busy = false, told = null, onWithdraw, onLift, ...events }: PrivacyProps) {
  const { words, found, may, erasures, holds, objections } = view;
  return (
    <div className="space-y-4">
      {told && (
        <Notice level={told.level} live>
          <p>{told.text}</p>
        </Notice>
      )}
      <Panel title="Look a person up" id="lookup">
        <form action="/privacy" className="flex flex-wrap gap-2">
          <input
            name="who"
            defaultValue={words}
            aria-label="Name or e-mail address"
            placeholder="Name or e-mail address"
            className={`${inputLook} min-h-8 max-w-sm flex-1`}
          />
          <Button type="submit">Look up</Button>
        </form>
        {words !== '' && found.length === 0 && <Empty>Nobody is known by “{words}”.</Empty>}
        <ul className="mt-3 space-y-3 empty:hidden">
          {found.map(person => (
            <PersonRights
              key={person.key}
              person={person}
              may={may}
              busy={busy}
              onWithdraw={onWithdraw}
              onLift={onLift}
              {...events}
            />
          ))}
        </ul>
      </Panel>
      <Erasures erasures={erasures} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Rights
          title="Legal holds"
          id="holds"
          empty="Nobody is under legal hold."
          rows={holds}
          end={may.hold ? { label: 'Lift', onEnd: onLift } : null}
          busy={busy}
        />
        <Rights
          title="Objections to profiling"
          id="objections"
          empty="Nobody objects to profiling."
          rows={objections}
          end={may.object ? { label: 'Withdraw', onEnd: onWithdraw } : null}
          busy={busy}
        />
      </div>
    </div>
  );
}
