import { Notice } from '#components/ui/notice.tsx';
import type { Problem } from '#lib/edge/problem.ts';

/** Stands where a page would when it cannot be shown. */
export function PageProblem({ problem }: { problem: Problem }) {
  return (
    <Notice level="problem" title="This page cannot be shown">
      <p>{problem.detail}</p>
    </Notice>
  );
}
