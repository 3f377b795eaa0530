import { clsx } from 'clsx';
import type { Band } from '#lib/core/score.ts';
import { Badge } from '#components/ui/badge.tsx';
import { bandWord } from './record-words.ts';

const pips = { cold: 1, warm: 2, hot: 3 } satisfies Record<Band, number>;
const tones = { cold: 'cold', warm: 'warn', hot: 'bad' } as const;

/** The band as a word, with one to three filled pips that also read in grey. */
export function BandBadge({ band }: { band: Band }) {
  const marks = (
    <span aria-hidden className="flex gap-0.5">
      {[1, 2, 3].map(n => (
        <span
          key={n}
          className={clsx('size-1.5 rounded-full border border-current', n <= pips[band] && 'bg-current')}
        />
      ))}
    </span>
  );
  return (
    <Badge tone={tones[band]} icon={marks}>
      {bandWord[band]}
    </Badge>
  );
}
