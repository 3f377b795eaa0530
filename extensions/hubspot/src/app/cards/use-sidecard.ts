import { useCallback, useEffect, useRef, useState } from 'react';
import { askSidecard, type Asked, type Place } from './ask-sidecard.ts';
import type { View } from './view.ts';

type Problem = Extract<Asked<never>, { ok: false }>;

export interface Answer {
  kind: 'approve' | 'reject';
  reason?: string;
}

/** How often, and how many times, the record is read again while the CRM is being changed. */
const againMs = 2_000;
const againTimes = 15;

/** The record as Sidecard knows it, kept fresh while something is under way, and what the buttons do. */
export function useSidecard(place: Place) {
  const { base } = place;
  const { object, id } = place.record;
  const [view, setView] = useState<View | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'reading' | 'answering' | 'opening' | null>('reading');
  // An answer of which nobody knows whether it arrived is sent again as the same answer.
  const unsure = useRef<{ of: string; key: string } | null>(null);
  const again = useRef(0);

  const attempt = useCallback(
    async <T>(
      doing: NonNullable<typeof busy>,
      what: 'subject' | 'answer' | 'launch',
      more: Record<string, unknown> = {},
    ) => {
      setBusy(doing);
      const asked = await askSidecard<T>({ base, record: { object, id } }, what, more);
      setProblem(asked.ok ? null : asked);
      setBusy(null);
      return asked;
    },
    [base, object, id],
  );

  const read = useCallback(async () => {
    const asked = await attempt<View>('reading', 'subject');
    if (asked.ok) setView(asked.value);
  }, [attempt]);

  useEffect(() => {
    void read();
  }, [read]);

  const status = view?.suggestion?.status;
  useEffect(() => {
    if (status !== 'approved' && status !== 'undoing') {
      again.current = 0;
      return undefined;
    }
    if (again.current >= againTimes) return undefined;
    const timer = setTimeout(() => {
      again.current += 1;
      void read();
    }, againMs);
    return () => clearTimeout(timer);
  }, [status, view, read]);

  const answer = async ({ kind, reason }: Answer): Promise<boolean> => {
    const suggestion = view?.suggestion;
    if (!suggestion?.changesHash) return false;
    const { decisionId, changesHash } = suggestion;
    const of = [decisionId, changesHash, kind, reason].join(':');
    const key = unsure.current?.of === of ? unsure.current.key : newKey();
    unsure.current = { of, key };
    const asked = await attempt<View>('answering', 'answer', {
      decisionId,
      idempotencyKey: key,
      answer: { kind, changesHash, ...(reason === undefined ? {} : { reason }) },
    });
    if (asked.ok || asked.kind !== 'offline') unsure.current = null;
    if (asked.ok) setView(asked.value);
    return asked.ok;
  };

  const open = async (show: (url: string) => void): Promise<void> => {
    const asked = await attempt<{ url: string }>('opening', 'launch');
    if (asked.ok) show(asked.value.url);
  };

  return { view, problem, busy, read, answer, open };
}

const newKey = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
