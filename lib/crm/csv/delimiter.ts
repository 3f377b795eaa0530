import { guessNewline, linesOf } from './lines.ts';
import { rowsOf } from './records.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const rowsLookedAt = 100;

/** The delimiter that cuts the first rows into the most columns, all rows alike; a comma where none does. */
export async function guessDelimiter(sample: string): Promise<string> {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const score = await scoreOf(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

async function scoreOf(sample: string, delimiter: string): Promise<number> {
  const newline = guessNewline(sample);
  const widths: number[] = [];
  for await (const rows of rowsOf(linesOf([sample], newline), { delimiter, newline })) {
    widths.push(...rows.map(row => ('cells' in row ? row.cells.length : 0)));
    if (widths.length >= rowsLookedAt) break;
  }
  const [header = 0, ...others] = widths;
  if (header < 2) return 0;
  const alike = others.filter(width => width === header).length / Math.max(1, others.length);
  // Rows alike say more than many columns: text has commas in many places, and never as many in each row.
  return others.length === 0 ? header : alike * alike * Math.log2(header + 1) + header / 10_000;
}
