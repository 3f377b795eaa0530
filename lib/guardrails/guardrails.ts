import type { Facts } from '#lib/core/fact.ts';
import type { Memory } from '#lib/core/memory.ts';
import type { Proposal, Suggestion } from '#lib/core/proposal.ts';
import type { GuardrailResult } from '#lib/core/verdict.ts';
import { grounding } from './grounding.ts';
import { detectInjection, injection } from './injection.ts';
import { links } from './links.ts';
import { maskText, masking } from './masking.ts';
import { neutralise, neutralising } from './neutralise.ts';
import { optOut } from './opt-out.ts';
import { privacy } from './privacy.ts';
import { mapTexts, untrustedTexts } from './texts.ts';
import { tone } from './tone.ts';
import { knowledgeOf } from './knowledge.ts';
import type { Guardrail } from './types.ts';

const result = (
  named: { name: string; version: string },
  outcome: GuardrailResult['outcome'],
  detail: string,
): GuardrailResult => ({ guardrail: named.name, version: named.version, outcome, detail });

/**
 * Masks and marks the untrusted text of a record, and of what people taught, before any model or agent sees it: secrets, card and account numbers
 * and national ids become placeholders, and nothing in it can end the block in which a model is shown it. Results count
 * what was found and never repeat it. Pure; shielding twice changes nothing more.
 */
export function shield(
  facts: Facts,
  memories: readonly Memory[] = [],
): { facts: Facts; memories: Memory[]; results: GuardrailResult[] } {
  const counts = new Map<string, number>();
  let neutralised = 0;
  const clean = (text: string): string => {
    const { text: unmasked, found } = maskText(text);
    for (const kind of found) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const safe = neutralise(unmasked);
    if (safe !== unmasked) neutralised += 1;
    // What one step takes out can bring together what another must see.
    return safe === text ? text : clean(safe);
  };
  const masked = mapTexts(facts, clean);
  const taught = memories.map(memory => ({ ...memory, text: clean(memory.text) }));
  const untrusted = [...untrustedTexts(facts), ...memories.map(memory => memory.text)];
  const signals = [...new Set(untrusted.flatMap(detectInjection))];
  const kinds = [...counts].map(([kind, count]) => `${count} × ${kind}`).join(', ');
  return {
    facts: masked,
    memories: taught,
    results: [
      result(
        masking,
        counts.size > 0 ? 'repaired' : 'pass',
        kinds ? `Masked: ${kinds}.` : 'Nothing to mask.',
      ),
      result(
        neutralising,
        neutralised > 0 ? 'repaired' : 'pass',
        neutralised > 0
          ? `Marks of a machine's protocol taken out ${neutralised} times.`
          : 'Nothing to take out.',
      ),
      result(
        injection,
        signals.length > 0 ? 'signal' : 'pass',
        signals.length > 0
          ? `Text in the record reads like orders to a machine: ${signals.join('; ')}.`
          : 'No signs.',
      ),
    ],
  };
}

/** In the order in which a reader should hear of them; opt-out blocks before words are weighed. */
const guardrails: readonly Guardrail[] = [optOut, links, privacy, tone, grounding];

/** Each pass can only remove, so this many are never reached; the bound keeps a mistake from hanging a worker. */
const MOST_PASSES = 50;

/**
 * Checks a suggestion against the facts and what people taught. A sentence that does not hold is removed; where nothing useful is left, or
 * what is wrong cannot be removed, the proposal becomes an abstention with the reason. Nothing is ever added, and
 * checking twice changes nothing more. Each guardrail has one result. Pure.
 */
export function check(
  suggestion: Suggestion,
  facts: Facts,
  memories: readonly Memory[] = [],
): { suggestion: Suggestion; results: GuardrailResult[] } {
  if (suggestion.outcome === 'abstain') return { suggestion, results: [] };
  const knowledge = knowledgeOf(facts, suggestion, memories);
  const details = new Map<Guardrail, string[]>();
  let proposal: Proposal = suggestion;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = proposal;
    for (const guardrail of guardrails) {
      const found = guardrail.check(proposal, knowledge);
      if (found.outcome === 'blocked') {
        const results = guardrails.map(g =>
          g === guardrail
            ? result(g, 'blocked', found.detail)
            : result(
                g,
                details.has(g) ? 'repaired' : 'pass',
                (details.get(g) ?? ['Nothing found.']).join(' '),
              ),
        );
        return { suggestion: abstained(proposal, found.detail), results };
      }
      if (found.outcome === 'pass') continue;
      proposal = found.proposal;
      details.set(guardrail, [...(details.get(guardrail) ?? []), found.detail]);
    }
    if (proposal === before) break;
  }
  return {
    suggestion: proposal,
    results: guardrails.map(g =>
      result(g, details.has(g) ? 'repaired' : 'pass', (details.get(g) ?? ['Nothing found.']).join(' ')),
    ),
  };
}

const abstained = (proposal: Proposal, reason: string): Suggestion => ({
  outcome: 'abstain',
  agent: proposal.agent,
  task: proposal.task,
  subject: proposal.subject,
  reason,
  why: [],
});
