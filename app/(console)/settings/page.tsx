import { read } from '#lib/edge/page.ts';
import { settingsView } from '#lib/views/settings.ts';
import { PageProblem } from '../problem.tsx';
import { LiveSettings } from './live-settings.tsx';

export default async function SettingsPage() {
  const data = await read((tx, scope) => settingsView(tx, scope));
  return data.ok ? <LiveSettings {...data.value} /> : <PageProblem problem={data.problem} />;
}
