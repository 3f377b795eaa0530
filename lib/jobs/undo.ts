import { finishUndo } from '#lib/undo.ts';
import type { Handler } from './handler.ts';

/** Whoever asked for the undo waits for it; this is for the process that dies meanwhile. */
export const undoJob: Handler<'undo'> = {
  run: (flow, { tenantId }, { decisionId, by }) => finishUndo(flow, { tenantId, actor: by }, decisionId),
};
