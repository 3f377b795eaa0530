import type { Pain, PainKey } from './pain.ts';
import { ASSET_PAINS } from './pains-assets.ts';
import { COST_PAINS } from './pains-cost.ts';
import { RUNNING_PAINS } from './pains-running.ts';

export const PAINS: Record<PainKey, Pain> = { ...RUNNING_PAINS, ...COST_PAINS, ...ASSET_PAINS };
