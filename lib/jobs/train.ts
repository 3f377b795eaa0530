import { Worker } from 'node:worker_threads';
import type { LeadModelArtifact, TrainingTask } from '#lib/models/models.ts';
import { train } from '#lib/train.ts';
import { whileConnected } from './while-connected.ts';

/** Training holds a thread for seconds; in its own, it holds up nobody. */
export const trainInThread = (task: TrainingTask): Promise<LeadModelArtifact['learnt']> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./train-thread.ts', import.meta.url));
    const end = (settle: () => void) => {
      settle();
      void thread.terminate();
    };
    thread.once('message', (learnt: LeadModelArtifact['learnt']) => end(() => resolve(learnt)));
    thread.once('error', error => end(() => reject(error)));
    thread.once('exit', code => reject(new Error(`the training thread ended with code ${code}`)));
    thread.postMessage(task);
  });

export const trainJob = whileConnected<'train'>({ run: (flow, scope) => train(flow, scope, trainInThread) });
