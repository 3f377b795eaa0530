import { sealOldRecords } from '#lib/seal-old-records.ts';
import type { Handler } from './handler.ts';

export const sealOldJob: Handler<'seal-old'> = { run: (flow, scope) => sealOldRecords(flow, scope) };
