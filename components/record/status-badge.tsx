import {
  Ban,
  CircleCheck,
  CircleDot,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  LoaderCircle,
  TimerOff,
  Undo2,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { DecisionStatus } from '#lib/core/decision.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { Tone } from '#components/ui/badge.tsx';
import { statusWord } from './record-words.ts';

const looks = {
  open: { tone: 'accent', Icon: CircleDot },
  approved: { tone: 'plain', Icon: LoaderCircle },
  applied: { tone: 'good', Icon: CircleCheck },
  parked: { tone: 'bad', Icon: CirclePause },
  rejected: { tone: 'plain', Icon: CircleX },
  snoozed: { tone: 'plain', Icon: Clock },
  superseded: { tone: 'plain', Icon: CircleSlash },
  expired: { tone: 'plain', Icon: TimerOff },
  denied: { tone: 'warn', Icon: Ban },
  abstained: { tone: 'plain', Icon: CircleSlash },
  undoing: { tone: 'plain', Icon: LoaderCircle },
  undone: { tone: 'plain', Icon: Undo2 },
} satisfies Record<DecisionStatus, { tone: Tone; Icon: LucideIcon }>;

export function StatusBadge({ status }: { status: DecisionStatus }) {
  const { tone, Icon } = looks[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden className="size-3" />}>
      {statusWord[status]}
    </Badge>
  );
}
