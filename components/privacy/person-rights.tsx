'use client';
import { useState } from 'react';
import type { FoundPerson, PrivacyView } from '#lib/views/privacy.ts';
import { cardHref } from '#components/record/record-href.ts';
import { Button } from '#components/ui/button.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { EraseForm } from './erase-form.tsx';
import { ReasonForm } from './reason-form.tsx';

export interface PersonEvents {
  onErase: (key: string) => void;
  onAccess: (key: string) => void;
  onObject: (key: string, reason: string) => void;
  onHold: (key: string, reason: string, endsAt: string) => void;
}

type Open = 'erase' | 'object' | 'hold' | null;

/** One person: what stands in the way of a score or an erasure, and what may be done. */
export function PersonRights({
  person,
  may,
  busy,
  onWithdraw,
  onLift,
  ...events
}: PersonEvents & {
  person: FoundPerson;
  may: PrivacyView['may'];
  busy: boolean;
  onWithdraw: (id: string) => void;
  onLift: (id: string) => void;
}) {
  const [open, setOpen] = useState<Open>(null);
  const { key, name, email, objection, hold, subject } = person;
  const close = () => setOpen(null);
  return (
    <li className="rounded border border-line p-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="min-w-0 break-words">
          <TextLink href={cardHref(subject)}>{name}</TextLink>
          {email !== null && <span className="text-muted"> · {email}</span>}
        </p>
        <p className="text-xs text-muted">{key}</p>
      </div>
      {objection && (
        <p className="mt-1 text-sm text-warn">
          Objected to profiling on {objection.at.slice(0, 10)}: {objection.reason}
        </p>
      )}
      {hold && (
        <p className="mt-1 text-sm text-warn">
          Legal hold until {hold.endsAt.slice(0, 10)}, put by {hold.byName}: {hold.reason}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {may.access && (
          <Button off={busy} onClick={() => events.onAccess(key)}>
            Download everything held
          </Button>
        )}
        {may.object &&
          (objection ? (
            <Button off={busy} onClick={() => onWithdraw(objection.id)}>
              Withdraw the objection
            </Button>
          ) : (
            <Button off={busy} onClick={() => setOpen(open === 'object' ? null : 'object')}>
              Note an objection
            </Button>
          ))}
        {may.hold &&
          (hold ? (
            <Button off={busy} onClick={() => onLift(hold.id)}>
              Lift the hold
            </Button>
          ) : (
            <Button off={busy} onClick={() => setOpen(open === 'hold' ? null : 'hold')}>
              Put a legal hold
            </Button>
          ))}
        {may.erase && (
          <Button
            look="danger"
            off={busy || hold !== null}
            onClick={() => setOpen(open === 'erase' ? null : 'erase')}
          >
            Erase
          </Button>
        )}
      </div>
      {open === 'erase' && (
        <EraseForm name={name} busy={busy} onCancel={close} onErase={() => events.onErase(key)} />
      )}
      {open === 'object' && (
        <ReasonForm
          busy={busy}
          doing="Note the objection"
          says="No score and no follow-up from now on; suggestions that wait end."
          onCancel={close}
          onDone={reason => {
            events.onObject(key, reason);
            close();
          }}
        />
      )}
      {open === 'hold' && (
        <ReasonForm
          busy={busy}
          doing="Put the hold"
          says="Nothing of this person is erased until the hold ends or is lifted."
          withEnd
          onCancel={close}
          onDone={(reason, endsAt) => {
            events.onHold(key, reason, endsAt);
            close();
          }}
        />
      )}
    </li>
  );
}
