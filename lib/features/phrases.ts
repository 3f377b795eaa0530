/** How much of one e-mail is read: an answer stands at its top, and huge bodies must not cost time. */
const LENGTH = 4000;

/** The person's own sentences: quoted earlier e-mails are left out. */
function sentencesOf(body: string): string[] {
  const own =
    body.slice(0, LENGTH).split(/^(?:On .{5,200} wrote:|-{3,} ?Original Message|_{10,})/m, 1)[0] ?? '';
  return own
    .split(/\n+|(?<=[.!?])\s+/)
    .filter(sentence => !sentence.trimStart().startsWith('>'))
    .map(sentence => sentence.trim());
}

/** The first own sentence of an e-mail in which the phrase stands, verbatim; null when it stands in none. */
export const findPhrase = (body: string, phrase: RegExp): string | null =>
  sentencesOf(body).find(sentence => phrase.test(sentence)) ?? null;
