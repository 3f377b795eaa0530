'use client';
import { useState } from 'react';
import type { TenantSettings, WriteKind } from '#lib/core/settings.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/choice.tsx';
import { TextArea, TextField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { AutomationsView } from '#lib/views/automations.ts';
import { Automations } from './automations.tsx';
import { findSettingsProblems } from './settings-problems.ts';

const writeWords = {
  task: 'Create tasks (with the draft in them)',
  note: 'Write notes',
  field: 'Change fields',
  assignment: 'Change owners',
  score: 'Write scores into the CRM’s score fields',
} satisfies Record<WriteKind, string>;
const writeKinds = Object.keys(writeWords) as WriteKind[];

const modes = [
  { value: 'rules', label: 'Rules only' },
  { value: 'agent', label: 'Agent only' },
  { value: 'hybrid', label: 'Rules, then agent' },
] as const;

const linesOf = (text: string) => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map(line => line.trim())
      .filter(Boolean),
  ),
];

/** What an admin decides for the tenant. Who may not change it sees it all, switched off. */
export function SettingsForm({
  settings,
  policies,
  automations,
  canChange,
  busy = false,
  problem = null,
  saved = false,
  onSave,
}: {
  settings: TenantSettings;
  policies: readonly string[];
  automations: AutomationsView;
  canChange: boolean;
  busy?: boolean;
  problem?: string | null;
  saved?: boolean;
  onSave: (settings: TenantSettings) => void;
}) {
  const [edited, setEdited] = useState(settings);
  const [groups, setGroups] = useState(settings.quarantinedGroups.join('\n'));
  const result = { ...edited, quarantinedGroups: linesOf(groups) };
  const problems = findSettingsProblems(result);
  const wrong = Object.keys(problems).length > 0;
  const same = JSON.stringify(result) === JSON.stringify(settings);
  const set = (part: Partial<TenantSettings>) => setEdited({ ...edited, ...part });
  return (
    <form
      aria-label="Settings"
      onSubmit={event => {
        event.preventDefault();
        if (canChange && !busy && !wrong && !same) onSave(result);
      }}
    >
      <fieldset
        disabled={!canChange}
        className="grid grid-cols-1 items-start gap-4 disabled:opacity-80 lg:grid-cols-2"
      >
        <Panel title="Writing to the CRM" id="writing">
          <div className="space-y-2">
            <Switch
              label="Stop all writing now"
              hint="Overrides everything below. What is approved meanwhile waits."
              on={edited.killSwitch}
              onChange={killSwitch => set({ killSwitch })}
            />
            {edited.killSwitch && <Notice level="warning" title="All writing is stopped." />}
            {writeKinds.map(kind => (
              <Switch
                key={kind}
                label={writeWords[kind]}
                on={edited.writes[kind]}
                onChange={on => set({ writes: { ...edited.writes, [kind]: on } })}
              />
            ))}
          </div>
        </Panel>
        <Panel title="Follow-ups" id="follow-ups">
          <div className="space-y-3">
            <Choice
              legend="Suggested by"
              name="follow-up-mode"
              options={modes}
              value={edited.followUpMode}
              onValue={followUpMode => set({ followUpMode })}
            />
            <TextField
              label="Suggested touches to one person in seven days, at most"
              type="number"
              min={0}
              value={Number.isNaN(edited.touchesPerWeek) ? '' : String(edited.touchesPerWeek)}
              problem={problems.touchesPerWeek ?? null}
              onValue={n => set({ touchesPerWeek: n === '' ? NaN : Number(n) })}
            />
            <div className="grid grid-cols-2 gap-3">
              <TextField
                label="Earliest hour"
                type="number"
                min={0}
                value={Number.isNaN(edited.sendHours.from) ? '' : String(edited.sendHours.from)}
                problem={problems.sendHours ?? null}
                hint="On the recipient’s clock, weekdays"
                onValue={n => set({ sendHours: { ...edited.sendHours, from: n === '' ? NaN : Number(n) } })}
              />
              <TextField
                label="Latest hour"
                type="number"
                min={0}
                value={Number.isNaN(edited.sendHours.to) ? '' : String(edited.sendHours.to)}
                problem={problems.sendHours ?? null}
                hint="Up to, not including"
                onValue={n => set({ sendHours: { ...edited.sendHours, to: n === '' ? NaN : Number(n) } })}
              />
            </div>
            <TextField
              label="Time zone of the office"
              value={edited.timezone}
              problem={problems.timezone ?? null}
              onValue={timezone => set({ timezone })}
            />
          </div>
        </Panel>
        <Automations
          automations={automations}
          routingOwner={edited.routingOwner}
          outreachOwner={edited.outreachOwner}
          onRouting={routingOwner => set({ routingOwner })}
          onOutreach={outreachOwner => set({ outreachOwner })}
        />
        <Panel title="Kept out of training" id="quarantine">
          <TextArea
            label="Property groups, one a line"
            hint="Written after the outcome is known: shown, never learnt from."
            value={groups}
            onValue={setGroups}
          />
        </Panel>
        <Panel title="Policies in force" id="policies" aside="What none of them allows is denied">
          {policies.length === 0 && <Empty>None: everything is denied.</Empty>}
          <ul className="font-mono text-xs">
            {policies.map(policy => (
              <li key={policy} className="py-0.5">
                {policy}
              </li>
            ))}
          </ul>
        </Panel>
      </fieldset>
      <div className="mt-4 space-y-3">
        {problem !== null && (
          <Notice level="problem" live>
            <p>{problem}</p>
          </Notice>
        )}
        {saved && same && (
          <Notice level="good" live title="Saved. It holds for every decision from now on." />
        )}
        {canChange && (
          <Button type="submit" look="primary" busy={busy} off={wrong || same}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}
