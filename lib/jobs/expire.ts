import { tidy } from '#lib/answer.ts';
import type { Handler } from './handler.ts';

export const expireJob: Handler<'expire'> = { run: (flow, scope) => tidy(flow, scope) };
