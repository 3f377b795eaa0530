import { clsx } from 'clsx';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';

/** A link. `opens` says where: in this frame, in the whole window (out of an iframe), or in a new tab. */
export function TextLink({
  href,
  opens = 'here',
  label,
  className,
  onClick,
  children,
}: {
  href: string;
  opens?: 'here' | 'top' | 'tab';
  label?: string;
  className?: string;
  onClick?: () => void;
  children: ReactNode;
}) {
  return (
    <a
      href={href}
      aria-label={label}
      onClick={onClick}
      className={clsx(
        'text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent',
        className,
      )}
      {...(opens === 'top' && { target: '_top' })}
      {...(opens === 'tab' && { target: '_blank', rel: 'noopener' })}
    >
      {children}
      {opens === 'tab' && (
        <>
          <ExternalLink aria-hidden className="ml-1 inline size-3.5 align-[-2px]" />
          <span className="sr-only"> (new tab)</span>
        </>
      )}
    </a>
  );
}
