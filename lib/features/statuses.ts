import type { Seen } from './see.ts';

const is =
  (...words: string[]) =>
  ({ touch }: Seen): boolean =>
    words.includes(touch.status.toUpperCase());

export const wasHeld = is('COMPLETED', 'HELD');
export const wasMissed = is('NO_SHOW', 'NO SHOW', 'NOSHOW');
/** Of calls: somebody was reached. */
export const wasConnected = is('CONNECTED', 'COMPLETED');
/** Of tasks. */
export const isDone = is('COMPLETED', 'DONE', 'CLOSED');
/** Not called off. */
export const isOn = ({ touch }: Seen): boolean => !touch.status.toUpperCase().startsWith('CANCEL');
