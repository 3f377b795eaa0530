'use client';
import type { PeopleView } from '#lib/views/people-roles.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Select } from '#components/ui/select.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';
import { LaunchKey } from './launch-key.tsx';

export type GivenRole = PeopleView['people'][number]['role'];

const roles = [
  { value: 'rep', label: 'Rep', may: 'own records' },
  { value: 'manager', label: 'Manager', may: 'all records and the pipeline' },
  { value: 'operations', label: 'Operations', may: 'reads all, operations pages' },
  { value: 'admin', label: 'Admin', may: 'settings and people too' },
  { value: 'auditor', label: 'Auditor', may: 'reads all, changes nothing' },
] as const satisfies { value: GivenRole; label: string; may: string }[];

export interface PeopleRolesProps {
  view: PeopleView;
  busy?: boolean;
  problem?: string | null;
  /** A key that has just been made; it is shown this once. */
  newKey?: string | null;
  onRole: (userId: string, role: GivenRole) => void;
  onSignOut: (sessionId: string) => void;
  onNewKey: () => void;
  onEndKey: () => void;
}

/** Who may do what, who is signed in, and the key of the CRM's server. For admins. */
export function PeopleRoles({
  view,
  busy = false,
  problem = null,
  newKey = null,
  ...events
}: PeopleRolesProps) {
  return (
    <div className="mt-4 grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Panel title="People and roles" id="people">
        {problem !== null && (
          <Notice level="problem" live>
            <p>{problem}</p>
          </Notice>
        )}
        <People people={view.people} onRole={events.onRole} />
        <p className="pt-2 text-xs text-muted">
          {roles.map(({ label, may }) => `${label}: ${may}`).join(' · ')}
        </p>
      </Panel>
      <Panel title="Signed in now" id="sessions">
        <Sessions sessions={view.sessions} busy={busy} onSignOut={events.onSignOut} />
      </Panel>
      {view.launchKey && <LaunchKey launchKey={view.launchKey} busy={busy} newKey={newKey} {...events} />}
    </div>
  );
}

function People({ people, onRole }: { people: PeopleView['people']; onRole: PeopleRolesProps['onRole'] }) {
  if (people.length === 0) return <Empty>The CRM’s people have not been read yet.</Empty>;
  return (
    <Table caption="People of the CRM and their roles">
      <thead>
        <tr>
          <HeadCell>Person</HeadCell>
          <HeadCell>Role</HeadCell>
        </tr>
      </thead>
      <tbody>
        {people.map(({ userId, name, email, role, isSelf }) => (
          <tr key={userId}>
            <RowHead>
              {name}
              {isSelf && ' (you)'}
              {email !== null && <span className="block text-xs font-normal text-muted">{email}</span>}
            </RowHead>
            <Cell>
              <Select
                label={`Role of ${name}`}
                quiet
                options={roles}
                value={role}
                onValue={next => onRole(userId, next)}
              />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Sessions({
  sessions,
  busy,
  onSignOut,
}: {
  sessions: PeopleView['sessions'];
  busy: boolean;
  onSignOut: (id: string) => void;
}) {
  if (sessions.length === 0) return <Empty>Nobody is signed in.</Empty>;
  return (
    <Table caption="Sessions in force">
      <thead>
        <tr>
          <HeadCell>Person</HeadCell>
          <HeadCell>Came in by</HeadCell>
          <HeadCell>Last used</HeadCell>
          <HeadCell>
            <span className="sr-only">End it</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {sessions.map(({ id, name, from, lastUsedAt }) => (
          <tr key={id}>
            <RowHead>{name}</RowHead>
            <Cell>{from}</Cell>
            <Cell>
              <Time at={lastUsedAt} as="relative" />
            </Cell>
            <Cell>
              <Button look="quiet" off={busy} onClick={() => onSignOut(id)} aria-label={`Sign ${name} out`}>
                Sign out
              </Button>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
