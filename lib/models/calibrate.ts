import type { Calibration } from './types.ts';

/**
 * Platt's logistic calibration (1999) of log-odds from models that had not seen the row:
 * logit → offset + slope × logit. A weak pull towards "already calibrated" keeps small samples sane, and
 * the slope stays positive, so the ranking is kept.
 */
export function fitCalibration(logits: ArrayLike<number>, y: ArrayLike<number>): Calibration {
  const pull = 2;
  let offset = 0;
  let slope = 1;
  for (let iteration = 0; iteration < 30; iteration++) {
    let g0 = -pull * offset;
    let g1 = -pull * (slope - 1);
    let h00 = pull;
    let h01 = 0;
    let h11 = pull;
    for (let i = 0; i < y.length; i++) {
      const z = logits[i]!;
      const p = 1 / (1 + Math.exp(-(offset + slope * z)));
      const w = p * (1 - p);
      g0 += y[i]! - p;
      g1 += (y[i]! - p) * z;
      h00 += w;
      h01 += w * z;
      h11 += w * z * z;
    }
    const determinant = h00 * h11 - h01 * h01;
    const d0 = clip((h11 * g0 - h01 * g1) / determinant);
    const d1 = clip((h00 * g1 - h01 * g0) / determinant);
    if (!Number.isFinite(d0) || !Number.isFinite(d1)) break;
    offset += d0;
    slope = Math.max(0.05, slope + d1);
    if (Math.abs(d0) + Math.abs(d1) < 1e-9) break;
  }
  return { offset, slope };
}

function clip(step: number): number {
  return Math.max(-1, Math.min(1, step));
}

export function calibrate({ offset, slope }: Calibration, logit: number): number {
  return offset + slope * logit;
}
