import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { OpsView } from '#lib/views/types.ts';
import { Badge } from '#components/ui/badge.tsx';

const looks = {
  ok: { tone: 'good', word: 'Works', Icon: CircleCheck },
  degraded: { tone: 'warn', word: 'Degraded', Icon: TriangleAlert },
  down: { tone: 'bad', word: 'Down', Icon: CircleAlert },
} as const;

export function HealthBadge({ status }: { status: OpsView['status'] }) {
  const { tone, word, Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {word}
    </Badge>
  );
}
