const topics: [RegExp, string][] = [
  [/\bpric(e|es|ing)\b|\bquot(e|ation)\b|\bcosts?\b/i, 'pricing'],
  [/\bsecurity\b|\bSSO\b|\bSOC ?2\b|\bpenetration test/i, 'security'],
  [/\bGDPR\b|\bdata (protection|privacy)\b|\bDPA\b/i, 'data protection'],
  [/\bintegrat(e|es|ion|ions)\b|\bAPI\b|\bwebhooks?\b/i, 'the integration'],
  [/\bmigrat(e|ion)\b|\bimport (our|the) data\b/i, 'the migration'],
  [/\broll-?out\b|\bonboarding\b|\bimplement(ation)?\b|\bgo-?live\b/i, 'the rollout'],
  [/\btimeline\b|\btimetable\b|\bdeadline\b/i, 'the timeline'],
  [/\bpilot\b|\btrial\b|\bproof of concept\b/i, 'a trial'],
  [/\bdemo\b|\bwalk-?through\b/i, 'a demo'],
  [/\bcontract\b|\bterms\b|\bprocurement\b|\blegal review\b/i, 'the contract'],
  [/\bbudget\b/i, 'the budget'],
  [/\brenew(al)?\b/i, 'the renewal'],
  [/\breporting\b|\bdashboards?\b/i, 'reporting'],
  [/\btraining\b/i, 'training'],
  [/\bsupport\b|\bSLA\b/i, 'support'],
  [/\bcase stud(y|ies)\b|\breferences?\b|\btestimonials?\b/i, 'references'],
];

/** What a text is about, in words of ours: at most two topics, safe to write to the person even from internal notes. */
export const topicsOf = (text: string): string[] =>
  topics
    .filter(([pattern]) => pattern.test(text))
    .map(([, name]) => name)
    .slice(0, 2);

/** Addresses, links, and orders to a machine are never repeated, whoever wrote them. */
const unquotable =
  /https?:|www\.|@|[<>{}[\]|`]|\b(ignore|disregard|forget|system prompt|instructions?|assistant|approve|forward|transfer|password|as an ai)\b|\bremoved\]/i;
const greeting =
  /^(hi|hello|dear|hey|thanks|thank you|best|regards|kind regards|cheers|sincerely)\b.{0,25}$/i;

function weigh(sentence: string): number {
  let weight = 0;
  if (sentence.includes('?')) weight += 3;
  if (/\d/.test(sentence)) weight += 2;
  if (topicsOf(sentence).length > 0) weight += 2;
  if (
    /\b(currently|already|compare|versus|need|want|planning|goal|problem|challenge|before|by the end)\b/i.test(
      sentence,
    )
  )
    weight += 1;
  // Among equals the longer one says more.
  return weight + sentence.length / 200;
}

/** The sentence that says most of what a person wants, verbatim; null where none is fit to be repeated to them. */
export function quoteOf(text: string): string | null {
  const sentences = (text.match(/[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]*/g) ?? [])
    .map(s => s.trim())
    .filter(s => s.length >= 12 && s.length <= 180 && !greeting.test(s) && !unquotable.test(s));
  let best: string | null = null;
  for (const sentence of sentences) if (best === null || weigh(sentence) > weigh(best)) best = sentence;
  return best;
}
