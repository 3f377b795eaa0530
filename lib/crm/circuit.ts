/** Whether a CRM that stopped answering is asked again. Times in milliseconds since 1970. */
export interface Circuit {
  /** Answers in a row that never came, or said that the CRM is down. */
  failures: number;
  /** How often in a row it was opened. */
  opens: number;
  /** Nobody asks before then; null while it is closed. */
  openUntil: number | null;
  /** One asks, and the others wait for what comes of it until then. */
  probeUntil: number;
}

export const closed: Circuit = { failures: 0, opens: 0, openUntil: null, probeUntil: 0 };

/** Failures in a row after which a CRM is left alone. */
const tolerated = 8;
const firstPauseMs = 2_000;
const longestPauseMs = 120_000;
/** How long the answer to a probe is waited for: longer than the slowest request may take. */
const probeMs = 65_000;

export type Admission =
  { may: 'pass'; circuit: Circuit } | { may: 'probe'; circuit: Circuit } | { may: 'wait'; until: number };

/** Whether a request may be sent. After the pause one may, as a probe, and its answer decides for all. */
export function admit(circuit: Circuit, now: number): Admission {
  if (circuit.openUntil === null) return { may: 'pass', circuit };
  const until = Math.max(circuit.openUntil, circuit.probeUntil);
  if (now < until) return { may: 'wait', until };
  return { may: 'probe', circuit: { ...circuit, probeUntil: now + probeMs } };
}

/** An answer that never came, or said that the CRM is down. */
export function failed(circuit: Circuit, now: number): Circuit {
  const failures = circuit.failures + 1;
  // Requests that were under way when it opened say nothing new.
  if (circuit.openUntil !== null && now < circuit.openUntil) return circuit;
  if (circuit.openUntil === null && failures < tolerated) return { ...circuit, failures };
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** circuit.opens);
  return { failures, opens: circuit.opens + 1, openUntil: now + pause, probeUntil: 0 };
}
