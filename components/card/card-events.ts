import type { Answer } from '#lib/core/answer.ts';
import type { OnTeach } from '#components/memory/teach-event.ts';

/** What a person opened on the card: kept as a moment, so that later one can tell read from merely shown. */
export type CardPart = 'evidence' | 'edit' | 'draft' | 'history' | 'decision' | 'memory';

/** What the card waits for. */
export type CardBusy = 'answering' | 'undoing' | 'asking' | 'teaching';

export interface CardEvents {
  /** Carries the hash of exactly the changes that were on screen. */
  onAnswer: (answer: Answer, decisionId: string) => void;
  onUndo: (decisionId: string) => void;
  /** A new suggestion is asked for. */
  onAsk: () => void;
  onOpened: (part: CardPart) => void;
  /** Something that was taught is confirmed, changed or forgotten. */
  onTeach: OnTeach;
}
