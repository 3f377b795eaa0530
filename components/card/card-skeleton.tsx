import { Skeleton } from '#components/ui/skeleton.tsx';

/** The card's shape while it loads, so that nothing jumps when it arrives. */
export function CardSkeleton() {
  return (
    <output className="mx-auto block w-full max-w-2xl bg-surface">
      <span className="sr-only">The card is loading</span>
      <div className="border-b border-line px-4 py-2">
        <Skeleton className="h-5 w-40" />
      </div>
      <div className="space-y-3 border-b border-line p-4">
        <div className="flex items-center gap-5">
          <Skeleton className="h-9 w-20" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-5 w-36" />
            <Skeleton className="h-4 w-full" />
          </div>
        </div>
        {[1, 2, 3, 4].map(n => (
          <Skeleton key={n} className="h-10 w-full" />
        ))}
      </div>
      <div className="space-y-3 p-4">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-40 w-full" />
        <Skeleton className="h-8 w-64" />
      </div>
    </output>
  );
}
