'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { formatAppointment, viewerZone } from '#components/ui/time-format.ts';
import { snoozeTimes } from './snooze-times.ts';

/** Puts a suggestion off until a time that the viewer picks. */
export function SnoozeForm({
  busy,
  onSnooze,
  onCancel,
}: {
  busy: boolean;
  onSnooze: (until: string) => void;
  onCancel: () => void;
}) {
  const zone = viewerZone();
  const [times] = useState(() => snoozeTimes(Date.now(), zone));
  const [until, setUntil] = useState(times[0]?.until ?? null);
  return (
    <form
      aria-label="Snooze the suggestion"
      className="space-y-3"
      onSubmit={event => {
        event.preventDefault();
        if (until !== null && !busy) onSnooze(until);
      }}
    >
      <Choice
        legend="Come back with it"
        name="snooze-until"
        options={times.map(time => ({
          value: time.until,
          label: `${time.label}, ${formatAppointment(time.until, zone)}`,
        }))}
        value={until}
        onValue={setUntil}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} off={until === null}>
          Snooze
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
