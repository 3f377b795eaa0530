import type { StateNotice } from '#lib/views/types.ts';
import { Notice } from '#components/ui/notice.tsx';

/** What a person should know before reading on, worst first. */
export function States({ states }: { states: readonly StateNotice[] }) {
  const order = ['problem', 'warning', 'info'] as const;
  const sorted = order.flatMap(level => states.filter(s => s.level === level));
  if (sorted.length === 0) return null;
  return (
    <div className="space-y-2">
      {sorted.map(state => (
        <Notice key={state.name} level={state.level} live>
          <p>{state.text}</p>
        </Notice>
      ))}
    </div>
  );
}
