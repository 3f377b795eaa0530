'use client';
import type { PeopleView } from '#lib/views/people-roles.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';

/** The key that an admin enters in Salesforce, so that its component can open the card for whoever looks at a record. */
export function LaunchKey({
  launchKey,
  newKey,
  busy,
  onNewKey,
  onEndKey,
}: {
  launchKey: NonNullable<PeopleView['launchKey']>;
  newKey: string | null;
  busy: boolean;
  onNewKey: () => void;
  onEndKey: () => void;
}) {
  const { madeAt, lastUsedAt } = launchKey;
  return (
    <Panel title="Launch key for Salesforce" id="launch-key">
      <div className="space-y-3">
        <p>
          {madeAt === null ? (
            'There is none: the component on record pages cannot open the card.'
          ) : (
            <>
              Made <Time at={madeAt} as="relative" />,{' '}
              {lastUsedAt === null ? (
                'not used yet'
              ) : (
                <>
                  last used <Time at={lastUsedAt} as="relative" />
                </>
              )}
              .
            </>
          )}
        </p>
        {newKey !== null && (
          <Notice level="good" live title="Copy it now: it is not shown again.">
            <p>
              <code className="break-all select-all">{newKey}</code>
            </p>
            <p>
              In Salesforce Setup: Named Credentials, External Credentials, Sidecard, parameter LaunchKey.
            </p>
          </Notice>
        )}
        <div className="flex flex-wrap gap-2">
          <Button busy={busy} onClick={onNewKey}>
            {madeAt === null ? 'Make a key' : 'Replace the key'}
          </Button>
          {madeAt !== null && (
            <Button look="danger" off={busy} onClick={onEndKey}>
              End the key
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
