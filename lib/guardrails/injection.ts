export const injection = { name: 'injection', version: '1' };

/**
 * Wordings by which text tries to give orders to a machine, in English and German. A signal only: what keeps a draft
 * safe is that text has no say in recipients, links, channels or fields, not that a list is complete.
 */
const signs: [string, RegExp][] = [
  [
    'asks to ignore instructions',
    /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|prompts?|rules|guidelines|context|above|previous|prior|everything)\b|\b(ignorier\w*|vergiss|missachte\w*|überschreib\w*)\b.{0,50}\b(anweisung\w*|vorgaben?|regeln|anleitung\w*|alles|bisherig\w*|vorherig\w*)\b/i,
  ],
  [
    'assigns a role',
    /\byou are (now|no longer)\b|(?:^|[.!?;:\n]\s*|\b(?:now|you|please|must|should|and)\s+)(?:act|behave|respond) as (?:an?|if)\b|\bpretend (to be|that|you)\b|\bdu bist (jetzt|nun|ab sofort)\b|\b(verhalte dich|antworte) (wie|als)\b|\b(developer|god|jailbreak|DAN) mode\b|\bsystem ?prompt\b/i,
  ],
  [
    'speaks to an assistant',
    /\b(dear|attention|note to|instructions? (for|to)|hey|hinweis an|an die|an den) (the )?(ai|a\.i\.|llm|assistant|language model|chat ?bot|crm agent|agent|ki|assistent\w*|sprachmodell)\b|\bas an ai\b|\bif you are (an ai|a language model|an assistant)\b|\bwenn du eine ki\b/i,
  ],
  [
    'orders to send or forward',
    /\b(send|forward|e-?mail|cc|bcc|copy|export|leak|share|upload)\b.{0,60}(\b(all|every|this|the (contact|customer|record|data|list|conversation|thread|prompt|password|crm))\b.{0,60}\b(to|at)\b|\S+@\S+)|\b(sende|schicke|leite|exportiere|maile)\b.{0,60}(\ban\b.{0,30}@|\bweiter\b)/i,
  ],
  [
    'orders to approve or change',
    /\b(automatically |immediately |please )?(approve|authori[sz]e|auto-approve)\b.{0,40}\b(this|all|the|any|without)\b|\b(set|change|update|delete|mark)\b.{0,30}\b(field|owner|stage|deal|amount|score|record|status|lifecycle)\b.{0,30}\b(to|as)\b|\b(genehmige|bestätige|ändere|lösche|setze)\b.{0,40}\b(ohne|automatisch|sofort|feld|status|phase|besitzer|betrag|alle)\b/i,
  ],
  [
    'hides text',
    /<[^>]*(display:\s*none|visibility:\s*hidden|font-size:\s*0|opacity:\s*0|color:\s*(#fff(fff)?|white)\b)[^>]*>|<!--[\s\S]{0,400}?-->|[\u200b\u2060\u{e0020}-\u{e007f}]{3,}/iu,
  ],
  [
    'imitates the frame',
    /<\|im_(start|end)\|>|\[\/?INST\]|<<\/?SYS>>|^#{2,} ?(system|instructions?|assistant)\b|\bend of (untrusted )?(evidence|context|document)\b/im,
  ],
];

/** Which signs a text shows, in words; empty: none. */
export const detectInjection = (text: string): string[] =>
  signs.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
