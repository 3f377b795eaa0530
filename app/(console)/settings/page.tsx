import { PageHead } from '#components/ui/panel.tsx';
import { connectLinks } from '#lib/edge/oauth-app.ts';
import { read } from '#lib/edge/page.ts';
import { automationsView } from '#lib/views/automations.ts';
import { eventsKeysView } from '#lib/views/events-keys.ts';
import { peopleView } from '#lib/views/people-roles.ts';
import { settingsView } from '#lib/views/settings.ts';
import { PageProblem } from '../problem.tsx';
import { LiveConnection } from './live-connection.tsx';
import { LiveEventsKeys } from './live-events-keys.tsx';
import { LivePeople } from './live-people.tsx';
import { LiveSettings } from './live-settings.tsx';

export default async function SettingsPage() {
  const data = await read(async (tx, scope, flow) => ({
    ...(await settingsView(tx, scope)),
    automations: await automationsView(tx, scope, flow.sealingKey),
    people: await peopleView(tx, scope, flow.now()),
    eventsKeys: await eventsKeysView(tx, scope),
  }));
  if (!data.ok) return <PageProblem problem={data.problem} />;
  const { connection, people, eventsKeys, ...settings } = data.value;
  return (
    <>
      <PageHead title="Settings">{!settings.canChange && 'Only an admin can change these.'}</PageHead>
      <LiveConnection connection={connection} canChange={settings.canChange} links={connectLinks()} />
      <LiveSettings {...settings} />
      {people && <LivePeople view={people} />}
      {eventsKeys && <LiveEventsKeys view={eventsKeys} />}
    </>
  );
}
