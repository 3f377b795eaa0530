import { valueOf } from '#lib/core/fact.ts';
import type { Guardrail } from './types.ts';

const wording =
  /\bunsubscribe\b|\b(remove|delete|take) (me|us|my (name|e-?mail|address))\b|\bopt(ing)? (me |us )?out\b|\b(stop|quit) (contacting|e-?mailing|mailing|messaging|sending|writing|spamming)|\b(do not|don'?t|never) (contact|e-?mail|mail|message|write( to)?) (me|us)\b|\bno (more|further) (e-?mails?|messages)\b|\bleave (me|us) alone\b|\babmelden\b|\bkeine (weiteren )?(e-?mails?|nachrichten)\b/i;
/** The footer of a mailing and the quoted thread are not what a person says. */
const footer =
  /[^.\n]*\b(click|link)\b[^.\n]*\bunsubscribe\b[^.\n]*|[^.\n]*\bto unsubscribe\b[^.\n]*|^\s*>.*$|^\s*(On .{5,120} wrote:|-{3,} ?Original Message)[\s\S]*/gim;

/** An agent that overlooked an opt-out is stopped here: no e-mail goes to a person who said so, in a field or in words. */
export const optOut: Guardrail = {
  name: 'opt-out',
  version: '1',
  check: (proposal, { facts }) => {
    if (!proposal.changes.some(change => change.kind === 'task' && change.channel === 'email'))
      return { outcome: 'pass' };
    const flagged = [facts, ...(facts.subject.object === 'deals' ? facts.people.slice(0, 1) : [])].some(
      known =>
        /^(true|yes|1)$/i.test(valueOf(known, 'hs_email_optout') ?? '') ||
        valueOf(known, 'email_opt_out') === 'true',
    );
    if (flagged) return { outcome: 'blocked', detail: 'The person has opted out of e-mail.' };
    const asked = facts.touches.some(
      t => t.channel === 'email' && t.direction === 'in' && wording.test(t.body.replaceAll(footer, ' ')),
    );
    return asked
      ? { outcome: 'blocked', detail: 'The person asked in an e-mail not to be contacted.' }
      : { outcome: 'pass' };
  },
};
