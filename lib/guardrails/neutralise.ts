export const neutralising = { name: 'neutralising', version: '1' };

/** Characters that change how text reads without being seen: direction marks, zero widths, tags (U+E0000). */
const unseen = /[\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Takes out of a text what a model could take for the frame around it: chat and tool marks, long runs of brackets, back
 * ticks or equals signs, unseen characters, comments and hidden elements of HTML. Words stay as they are.
 */
export const neutralise = (text: string): string =>
  text
    .replaceAll(unseen, '')
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replaceAll(/<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replaceAll(/<\|[^|<>\n]{0,40}\|>/g, ' ')
    .replaceAll(/\[\/?(?:INST|SYS)\]|<<\/?SYS>>/g, ' ')
    .replaceAll(
      /<\/?(?:system|assistant|user|tool|function|instructions?|untrusted|evidence|s)\b[^<>\n]{0,60}>/gi,
      ' ',
    )
    .replaceAll(/([<>`=#~|])\1{2,}/g, '$1$1');
