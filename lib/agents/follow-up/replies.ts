/** What a person wants who wrote to us. */
export type ReplyKind =
  | 'unsubscribe'
  | 'out-of-office'
  | 'wrong-person'
  | 'complaint'
  | 'negative'
  | 'pricing'
  | 'demo'
  | 'objection'
  | 'question'
  | 'other';

const patterns: [ReplyKind, RegExp][] = [
  [
    'unsubscribe',
    /\bunsubscribe\b|\b(remove|delete|take) (me|us|my (name|e-?mail|address))\b|\bopt(ing)? (me |us )?out\b|\b(stop|quit) (contacting|e-?mailing|mailing|messaging|sending|writing|calling|spamming)|\b(do not|don'?t|never) (contact|e-?mail|mail|message|write( to)?|call) (me|us)\b|\bno (more|further) (e-?mails?|messages|calls)\b|\bleave (me|us) alone\b|\babmelden\b|\bkeine (weiteren )?(e-?mails?|nachrichten)\b/i,
  ],
  [
    'out-of-office',
    /\bout of (the )?office\b|\bautomatic reply\b|\bauto-?reply\b|\bon (annual |parental |maternity |paternity |sick )?(leave|vacation|holidays?)\b|\baway from (my|the) (desk|office)\b|\babwesen/i,
  ],
  [
    'wrong-person',
    /\b(wrong|not the (right|best)|a better) (person|contact)\b|\bno longer (with|at|works?|employed|responsible)\b|\bleft the company\b|\bnot (responsible|in charge)\b|\b(please )?(contact|speak (to|with)|reach out to|write to) .{2,60} instead\b/i,
  ],
  [
    'complaint',
    /\bcomplain|\bunacceptable\b|\bdisappoint|\bfrustrat|\bfed up\b|\b(not|un) ?happy (about|with) (you|this|your|how)|\bterrible\b|\bawful\b|\blegal action\b|\blawyer\b|\brefund\b|\b(somebody|someone) in charge\b|\bexpect an answer\b|\bcalls would stop\b|\b(still|again) (not|broken|down|wrong|no answer)\b|\bthird time\b/i,
  ],
  [
    'negative',
    /\b(not|no longer|isn'?t|aren'?t|doesn'?t|don'?t|never) (really |currently |actively )?(int[er]*rested|relevant|looking|(an? )?(good )?(fit|match)|in (the )?market|(an? )?priority|ready|seeking|exploring|need|align|fit)\b|\bno (need|interest|thanks|thank you)\b|\bcommit+ed to another\b|\bhappy (w\/|with) (our )?current\b|\bwe(nt|'ve gone) with (another|someone|a different)\b/i,
  ],
  [
    'pricing',
    /\bpric(e|es|ing)\b|\bquot(e|ation)\b|\bcosts?\b|\bhow much\b|\b(send|get|have|need) (me |us )?(an?|the|your) (written |revised |new )?(offer|proposal)\b|\brate card\b|\bpreise?\b/i,
  ],
  [
    'demo',
    /\bdemo\b|\bwalk-?through\b|\b(show|see) (me|us|it)\b.{0,30}\b(product|action|live)\b|\btrial\b|\b(set ?up|sch?edule?|book|arrange)\b.{0,25}\b(call|meeting|chat|discussion|time|demo)\b|\b(let'?s|can we|could we) (meet|talk|speak|connect)\b/i,
  ],
  [
    'objection',
    /\btoo expensive\b|\bover (our )?budget\b|\bno budget\b|\bnext (quarter|year)\b|\bnot (right )?now\b|\balready (us(e|ing)|have)\b|\bcompar(ed?|ing) (to|with|you)\b|\bcompetitor\b|\b(budget|investments?)\b.{0,40}\b(cut|frozen|gone|freeze)\b|\b(cut|froze)\b.{0,15}\bbudget\b|\bon hold\b|\bpostpone\w*|\b(below|cheaper than|under) you\b|\bperhaps in [A-Z]|\bcurrent (provider|vendor|supplier|solution)\b/i,
  ],
  [
    'question',
    /\?|\b(send|share|provide|clarify|explain|confirm)\b|\b(details|specs?|case stud(y|ies)|documentation|references?|testimonials?|roadmap)\b/i,
  ],
];

/** What the person wrote themselves: without the quoted thread, without markup, without a mailing's own footer. */
export function ownWords(body: string): string {
  const lines: string[] = [];
  for (const line of body.replaceAll(/<[^>]{1,200}>/g, ' ').split('\n')) {
    if (/^\s*(On .{5,120} wrote:|-{3,} ?Original Message|Am .{5,120} schrieb)/i.test(line)) break;
    if (!/^\s*>/.test(line)) lines.push(line);
  }
  return lines
    .join('\n')
    .replaceAll(/[^.\n]*\b(click|link)\b[^.\n]*\bunsubscribe\b[^.\n]*|[^.\n]*\bto unsubscribe\b[^.\n]*/gi, '')
    .trim();
}

/** First match in order of what must be respected first. Only the person's own words count. */
export function classifyReply(title: string, body: string): ReplyKind {
  const words = ownWords(body);
  const automatic = patterns.find(([kind]) => kind === 'out-of-office');
  if (automatic?.[1].test(title)) return 'out-of-office';
  const kind = patterns.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
  // "Not looking right now, but what does it cost?" still asks for something.
  if (kind === 'negative' && /\?/.test(words) && patterns.some(([k, p]) => k === 'pricing' && p.test(words)))
    return 'pricing';
  return kind;
}

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const month = `(${months.map(name => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}\\b\\.?,?(?: (\\d{4}))?`, 'i');
const monthFirst = new RegExp(`\\b${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:, (\\d{4}))?`, 'i');

/** The day of return that an out-of-office reply names, at noon UTC; null where none can be read after `written`. */
export function returnDate(text: string, written: Date): Date | null {
  const marker = [/\b(back|return(ing)?|until|till|through)\b/i, /\bto\b/i]
    .map(m => m.exec(text))
    .find(m => m);
  const words = marker ? text.slice(marker.index) : text;
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(words);
  if (iso) return later(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]), written);
  const first = dayFirst.exec(words);
  const second = first ? null : monthFirst.exec(words);
  const [day, name, year] = first ? [first[1], first[2], first[3]] : [second?.[2], second?.[1], second?.[3]];
  if (!day || !name) return null;
  const index = months.findIndex(full => full.startsWith(name.slice(0, 3).toLowerCase()));
  return later(year ? Number(year) : null, index, Number(day), written);
}

/** Without a year it is the next such day after the reply was written. */
function later(year: number | null, month: number, day: number, written: Date): Date | null {
  const years = year === null ? [written.getUTCFullYear(), written.getUTCFullYear() + 1] : [year];
  for (const candidate of years) {
    const date = new Date(Date.UTC(candidate, month, day, 12));
    if (date.getUTCDate() === day && date > written) return date;
  }
  return null;
}
