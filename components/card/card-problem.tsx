import { RotateCw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';

/** Stands where the card would when it cannot be shown: what went wrong and a way on. */
export function CardProblem({
  text,
  busy = false,
  onRetry,
}: {
  text: string;
  busy?: boolean;
  onRetry: () => void;
}) {
  return (
    <div className="mx-auto w-full max-w-2xl bg-surface p-4">
      <Notice level="problem" title="The card cannot be shown" live>
        <p>{text}</p>
        <Button busy={busy} icon={<RotateCw aria-hidden className="size-4" />} onClick={onRetry}>
          Try again
        </Button>
      </Notice>
    </div>
  );
}
