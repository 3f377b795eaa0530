import { log } from '#lib/platform/log.ts';
import { writeScores } from '#lib/write-scores.ts';
import { whileConnected } from './while-connected.ts';

export const writeScoresJob = whileConnected<'write-scores'>({
  run: async (flow, scope) => {
    const { written, refused } = await writeScores(flow, scope);
    log.debug({ written, refused }, 'wrote scores to the CRM');
  },
});
