'use client';
import { useCallback, useState } from 'react';
import type { CardBusy, CardEvents } from '#components/card/card-events.ts';
import type { ActionResult } from '#lib/edge/action.ts';
import type { SubjectView } from '#lib/views/types.ts';
import { answerAction, askAction, momentAction, undoAction } from '../../../../../actions.ts';
import { teachAction } from '../../../../../memory-actions.ts';

/** What the card's buttons do: one server action each, then the card is read again. */
export function useCardActions(view: SubjectView | null, refresh: () => Promise<unknown>) {
  const [busy, setBusy] = useState<CardBusy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const decisionId = view?.suggestion?.decisionId ?? null;

  const attempt = async (what: CardBusy, action: () => Promise<ActionResult<unknown>>): Promise<void> => {
    setBusy(what);
    setProblem(null);
    try {
      const result = await action();
      if (!result.ok) setProblem(result.problem.detail);
    } catch {
      setProblem('The server cannot be reached. Nothing was lost: try again.');
    }
    await refresh();
    setBusy(null);
  };

  const shown = useCallback(() => {
    if (decisionId) void momentAction({ decisionId, kind: 'shown' });
  }, [decisionId]);

  const events: CardEvents = {
    onAnswer: (answer, id) =>
      void attempt('answering', () =>
        answerAction({ decisionId: id, answer, idempotencyKey: crypto.randomUUID() }),
      ),
    onUndo: id => void attempt('undoing', () => undoAction({ decisionId: id })),
    onAsk: () => {
      if (view) void attempt('asking', () => askAction(view.subject));
    },
    onTeach: said => void attempt('teaching', () => teachAction(said)),
    onOpened: () => {
      if (decisionId) void momentAction({ decisionId, kind: 'opened' });
    },
  };
  return { busy, problem, events, shown };
}
