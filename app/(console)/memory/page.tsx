import { z } from 'zod';
import { MemoryScope } from '#lib/core/memory.ts';
import { Subject } from '#lib/core/subject.ts';
import { read } from '#lib/edge/page.ts';
import { memoryView } from '#lib/views/memory.ts';
import { PageProblem } from '../problem.tsx';
import { LiveMemory } from './live-memory.tsx';

function readKey(key: string): Subject | null {
  const [crm, object, ...id] = key.split(':');
  return Subject.safeParse({ crm, object, id: id.join(':') }).data ?? null;
}

/** What cannot be read in an address is left out. */
const Query = z.object({
  words: z.string().max(200).catch(''),
  scope: MemoryScope.nullable().catch(null),
  about: z.string().transform(readKey).nullable().catch(null),
});

export default async function MemoryPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = Query.parse(await searchParams);
  const data = await read((tx, scope, flow) => memoryView(tx, scope, flow.now(), query));
  return data.ok ? <LiveMemory view={data.value} /> : <PageProblem problem={data.problem} />;
}
