'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { SettingsForm } from '#components/console/settings-form.tsx';
import type { TenantSettings } from '#lib/core/settings.ts';
import type { AutomationsView } from '#lib/views/automations.ts';
import { saveSettingsAction } from '../../actions.ts';

export function LiveSettings(props: {
  settings: TenantSettings;
  policies: string[];
  automations: AutomationsView;
  canChange: boolean;
}) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const save = (settings: TenantSettings) =>
    start(async () => {
      const result = await saveSettingsAction(settings);
      setProblem(result.ok ? null : result.problem.detail);
      setSaved(result.ok);
      router.refresh();
    });
  return <SettingsForm {...props} busy={busy} problem={problem} saved={saved} onSave={save} />;
}
