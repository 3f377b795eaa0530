import type { Answer } from '#lib/core/answer.ts';

/** What a person opened on the card: kept as a moment, so that later one can tell read from merely shown. */
export type CardPart = 'evidence' | 'edit' | 'draft' | 'history' | 'decision';

/** What the card waits for. */
export type CardBusy = 'answering' | 'undoing' | 'asking';

export interface CardEvents {
  /** Carries the hash of exactly the changes that were on screen. */
  onAnswer: (answer: Answer, decisionId: string) => void;
  onUndo: (decisionId: string) => void;
  /** A new suggestion is asked for. */
  onAsk: () => void;
  onOpened: (part: CardPart) => void;
}
