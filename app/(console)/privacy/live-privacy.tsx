'use client';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Privacy, type PrivacyProps } from '#components/privacy/privacy.tsx';
import type { ActionResult } from '#lib/edge/action.ts';
import type { PrivacyView } from '#lib/views/privacy.ts';
import {
  accessAction,
  eraseAction,
  holdAction,
  liftAction,
  objectAction,
  withdrawAction,
} from './actions.ts';

export function LivePrivacy({ view }: { view: PrivacyView }) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [told, setTold] = useState<NonNullable<PrivacyProps['told']> | null>(null);
  const attempt = <T,>(action: () => Promise<ActionResult<T>>, done: (value: T) => string) =>
    start(async () => {
      const result = await action();
      setTold(
        result.ok
          ? { level: 'good', text: done(result.value) }
          : { level: 'problem', text: result.problem.detail },
      );
      router.refresh();
    });
  return (
    <Privacy
      view={view}
      busy={busy}
      told={told}
      onErase={who =>
        attempt(
          () => eraseAction({ who }),
          ({ id, search }) => `Erased, and searched ${search.tables} tables for: nothing is left (${id}).`,
        )
      }
      onAccess={who =>
        attempt(
          () => accessAction({ who }),
          text => {
            download(text, `held-about-${who.replaceAll(':', '-')}.json`);
            return 'Everything that is held was downloaded, and that is on the record.';
          },
        )
      }
      onObject={(who, reason) =>
        attempt(
          () => objectAction({ who, reason }),
          () => 'The objection is noted: no score and no follow-up from now on.',
        )
      }
      onWithdraw={id =>
        attempt(
          () => withdrawAction({ id }),
          () => 'The objection is withdrawn: the person is scored again with the next run.',
        )
      }
      onHold={(who, reason, endsAt) =>
        attempt(
          () => holdAction({ who, reason, endsAt }),
          () => 'The hold is put: nothing of this person is erased until it ends.',
        )
      }
      onLift={id =>
        attempt(
          () => liftAction({ id }),
          () => 'The hold is lifted. An erasure that waited for it is carried out.',
        )
      }
    />
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
