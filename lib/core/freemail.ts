/** Mail hosts where anybody gets an address: the first label of the domain, whatever country follows it. */
const FREEMAIL = new Set(
  `gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud me mac aol proton protonmail pm gmx web
  t-online freenet mail yandex zoho fastmail tutanota tuta hey qq 163 126 sina rediffmail rediff naver daum hanmail
  orange wanadoo free laposte sfr libero virgilio tiscali alice telefonica terra uol bol btinternet sky virginmedia
  talktalk ntlworld comcast verizon att sbcglobal bellsouth cox charter earthlink shaw rogers sympatico bigpond
  optusnet xtra ziggo kpnmail planet hetnet telenet skynet bluewin sunrise seznam wp o2 onet interia abv ukr inbox
  bk rambler duck mailinator yopmail guerrillamail`.split(/\s+/),
);

/** Company registrations such as me.com's single label must not catch "me.example.com": only the last labels count. */
export function addressKind(email: string): 'business' | 'freemail' | null {
  const match = /^[^\s@]+@((?:[a-z0-9-]+\.)+[a-z]{2,})$/i.exec(email.trim());
  if (!match?.[1]) return null;
  const labels = match[1].toLowerCase().split('.');
  const suffix = labels.length > 2 && /^(com?|net|org|ac|gov|edu)$/.test(labels.at(-2) ?? '') ? 2 : 1;
  return FREEMAIL.has(labels.at(-1 - suffix) ?? '') ? 'freemail' : 'business';
}
