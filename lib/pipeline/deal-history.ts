import type { Fact } from '#lib/core/fact.ts';
import { HOUR_MS, type Instant } from '#lib/core/time.ts';

/** Something that happened to a deal. Close dates are instants, stages their ids, amounts as the CRM wrote them. */
export interface Movement {
  kind: 'added' | 'stage' | 'close-date' | 'amount';
  at: Instant;
  from: string | null;
  to: string | null;
}

/** One stay of a deal in a stage. */
export interface Spell {
  stageId: string;
  enteredAt: Instant;
  /** null: it is still there. */
  leftAt: Instant | null;
  /** The longest time in it without a touch, in hours; null where no touch is recorded. */
  silenceHours: number | null;
}

const valuesOf = (history: readonly Fact[], name: string): Fact[] =>
  history
    .filter(fact => fact.name === name)
    .filter((fact, i, all) => i === 0 || fact.value !== all[i - 1]?.value);

/** Movements from the deal's history, which is oldest first. The first stage is one too, as that of an import may be closed. */
export function movementsOf(
  history: readonly Fact[],
  createdAt: Instant,
  timeOf: (text: string | null) => Instant | null,
): Movement[] {
  const steps = (name: string, kind: Movement['kind'], read: (value: string | null) => string | null) =>
    valuesOf(history, name).map((fact, i, all): Movement => {
      const before = all[i - 1];
      return { kind, at: fact.at, from: before ? read(before.value) : null, to: read(fact.value) };
    });
  return [
    { kind: 'added', at: createdAt, from: null, to: null },
    ...steps('dealstage', 'stage', value => value),
    ...steps('closedate', 'close-date', timeOf).slice(1),
    ...steps('amount', 'amount', value => value).slice(1),
  ];
}

/** The deal's stays in stages, with how long both sides were silent in each. */
export function spellsOf(history: readonly Fact[], touches: readonly Instant[], asOf: Instant): Spell[] {
  return valuesOf(history, 'dealstage').flatMap((fact, i, all) => {
    if (!fact.value) return [];
    const leftAt = all[i + 1]?.at ?? null;
    const until = leftAt ?? asOf;
    const within = touches.filter(at => at >= fact.at && at <= until);
    const silenceHours = within.length === 0 ? null : longestGapHours([fact.at, ...within, until]);
    return { stageId: fact.value, enteredAt: fact.at, leftAt, silenceHours };
  });
}

const longestGapHours = (times: readonly Instant[]): number =>
  Math.round(
    Math.max(...times.slice(1).map((at, i) => Date.parse(at) - Date.parse(times[i] ?? at))) / HOUR_MS,
  );
