import { parentPort } from 'node:worker_threads';
import { learn, type TrainingTask } from '#lib/models/models.ts';

/** The thread's whole work: one task in, one model out. */
parentPort?.once('message', (task: TrainingTask) => parentPort?.postMessage(learn(task)));
