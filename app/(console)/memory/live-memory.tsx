'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { MemoryPage } from '#components/memory/memory-page.tsx';
import type { MemoryQuery } from '#components/memory/memory-search.tsx';
import type { TeachEvent } from '#components/memory/teach-event.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { MemoryPageView } from '#lib/views/memory-types.ts';
import { teachAction } from '../../memory-actions.ts';

export function LiveMemory({ view }: { view: MemoryPageView }) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState(0);

  const teach = (said: TeachEvent) =>
    start(async () => {
      const result = await teachAction(said);
      setProblem(result.ok ? null : result.problem.detail);
      if (result.ok && said.does === 'teach') setDone(n => n + 1);
      router.refresh();
    });
  const search = ({ words, scope }: MemoryQuery) => {
    const query = new URLSearchParams({
      ...(words && { words }),
      ...(scope && { scope }),
      ...(view.about && { about: subjectKey(view.about.subject) }),
    });
    start(() => router.push(`/memory?${query}`));
  };
  return (
    <MemoryPage view={view} busy={busy} problem={problem} done={done} onTeach={teach} onSearch={search} />
  );
}
