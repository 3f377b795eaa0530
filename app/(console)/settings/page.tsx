import { PageHead } from '#components/ui/panel.tsx';
import { connectLinks } from '#lib/edge/oauth-app.ts';
import { read } from '#lib/edge/page.ts';
import { automationsView } from '#lib/views/automations.ts';
import { peopleView } from '#lib/views/people-roles.ts';
import { settingsView } from '#lib/views/settings.ts';
import { PageProblem } from '../problem.tsx';
import { LiveConnection } from './live-connection.tsx';
import { LivePeople } from './live-people.tsx';
import { LiveSettings } from './live-settings.tsx';

export default async function SettingsPage() {
  const data = await read(async (tx, scope, flow) => ({
    ...(await settingsView(tx, scope)),
    automations: await automationsView(tx, scope),
    people: await peopleView(tx, scope, flow.now()),
  }));
  if (!data.ok) return <PageProblem problem={data.problem} />;
  const { connection, people, ...settings } = data.value;
  return (
    <>
      <PageHead title="Settings">{!settings.canChange && 'Only an admin can change these.'}</PageHead>
      <LiveConnection connection={connection} canChange={settings.canChange} links={connectLinks()} />
      <LiveSettings {...settings} />
      {people && <LivePeople view={people} />}
    </>
  );
}
