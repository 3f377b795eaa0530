/** A share in [0, 1] as a bar beside its number. */
export function ShareBar({ share }: { share: number }) {
  return (
    <span aria-hidden className="inline-block h-2 w-24 rounded bg-line align-middle">
      <span
        className="block h-2 rounded bg-accent"
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </span>
  );
}
