import { expire } from '#lib/answer.ts';
import type { Handler } from './worker.ts';

export const expireJob: Handler<'expire'> = { run: (flow, scope) => expire(flow, scope) };
