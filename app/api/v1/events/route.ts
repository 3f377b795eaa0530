import { takeEvents } from '#lib/edge/take-events.ts';

export const POST = takeEvents;
