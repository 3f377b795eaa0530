'use client';
import { clsx } from 'clsx';
import { Activity, BookOpen, Inbox, Package, Rows3, Settings, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Select } from '#components/ui/select.tsx';

const places = [
  { name: 'inbox', href: '/', label: 'Inbox', Icon: Inbox },
  { name: 'pipeline', href: '/pipeline', label: 'Pipeline', Icon: Rows3 },
  { name: 'memory', href: '/memory', label: 'Memory', Icon: BookOpen },
  { name: 'ops', href: '/ops', label: 'Operations', Icon: Activity },
  { name: 'releases', href: '/releases', label: 'Releases', Icon: Package },
  { name: 'privacy', href: '/privacy', label: 'Privacy', Icon: ShieldCheck },
  { name: 'settings', href: '/settings', label: 'Settings', Icon: Settings },
] as const;

export type Place = (typeof places)[number]['name'];

/**
 * The frame of every page but the card: where one is, who is signed in and, in the demo, a way to act as someone else.
 * `current` is null on pages that stand below none of the places. No `roles`: no switch. `trouble`: what every page should
 * say, such as that the CRM is disconnected.
 */
export function Shell({
  current,
  user,
  roles = [],
  onRole,
  onSignOut,
  trouble = null,
  children,
}: {
  current: Place | null;
  user: { name: string; role: string };
  roles?: readonly { value: string; label: string }[];
  onRole?: (role: string) => void;
  onSignOut?: () => void;
  trouble?: string | null;
  children: ReactNode;
}) {
  return (
    <div className="min-h-dvh">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:bg-surface focus:p-2"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-surface print:hidden">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-2 sm:py-0">
          <a href="/" className="text-base font-semibold">
            Sidecard
          </a>
          <nav
            aria-label="Pages"
            className="order-last -mx-4 w-[calc(100%+2rem)] overflow-x-auto px-2 sm:order-none sm:mx-0 sm:w-auto sm:px-0"
          >
            <ul className="flex">
              {places.map(({ name, href, label, Icon }) => (
                <li key={name}>
                  <a
                    href={href}
                    aria-current={name === current ? 'page' : undefined}
                    className={clsx(
                      'flex items-center gap-1.5 border-b-2 px-2 py-2.5 -outline-offset-2 max-[24rem]:px-1.5 max-[24rem]:text-xs sm:px-3',
                      name === current
                        ? 'border-accent font-medium text-ink'
                        : 'border-transparent text-muted hover:text-ink',
                    )}
                  >
                    <Icon aria-hidden className="hidden size-4 md:block" />
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1 py-1">
            <span>
              {user.name} <span className="text-muted">({user.role})</span>
            </span>
            {roles.length > 0 && onRole && (
              <Select label="Act as" options={roles} value={user.role} onValue={onRole} />
            )}
            {onSignOut && (
              <Button look="quiet" onClick={onSignOut}>
                Sign out
              </Button>
            )}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-7xl p-4 outline-none">
        {trouble !== null && (
          <div className="mb-4">
            <Notice level="warning" title={trouble} />
          </div>
        )}
        {children}
      </main>
    </div>
  );
}
