import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, closed, failed, type Circuit } from './circuit.ts';

const failing = (times: number, now: number, from: Circuit = closed): Circuit =>
  Array.from({ length: times }).reduce<Circuit>(circuit => failed(circuit, now), from);

describe('a circuit', () => {
  it('stays closed for a few failures, opens after eight in a row', () => {
    expect(admit(failing(7, 0), 0).may).toBe('pass');
    expect(admit(failing(8, 0), 0)).toEqual({ may: 'wait', until: 2000 });
  });

  it('lets one probe through after the pause, and nobody else until its answer', () => {
    const open = failing(8, 0);
    const probe = admit(open, 2000);
    expect(probe.may).toBe('probe');
    if (probe.may !== 'probe') return;
    expect(admit(probe.circuit, 2001)).toEqual({ may: 'wait', until: 67_000 });
    // A probe of which nothing was heard is followed by another.
    expect(admit(probe.circuit, 67_000).may).toBe('probe');
    expect(admit(failed(probe.circuit, 2500), 2500)).toEqual({ may: 'wait', until: 6500 });
  });

  it('pauses longer each time, up to two minutes', () => {
    let circuit = failing(8, 0);
    const pauses = [];
    for (let now = circuit.openUntil ?? 0, i = 0; i < 9; i += 1) {
      circuit = failed(circuit, now);
      pauses.push((circuit.openUntil ?? 0) - now);
      now = circuit.openUntil ?? 0;
    }
    expect(pauses).toEqual([4, 8, 16, 32, 64, 120, 120, 120, 120].map(s => s * 1000));
  });

  it('is not kept open by what was under way when it opened', () => {
    fc.assert(
      fc.property(fc.nat(1999), later => {
        expect(failing(30, later, failing(8, 0))).toEqual(failing(8, 0));
      }),
    );
  });
});
