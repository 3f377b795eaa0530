import { terminal, type Io } from '../io.ts';

export interface Progress {
  /** How far it is. */
  at: (done: number) => void;
  /** Leaves the last state to be read. */
  end: () => void;
}

const width = 24;
/** How often the bar is drawn, and how often a line is written where there is no terminal, in milliseconds. */
const [drawnEvery, writtenEvery] = [100, 5000];

/** Shows how far something is: a bar on a terminal, else a line now and then. Always on standard error. */
export function progressOf(
  io: Io,
  what: string,
  total: number,
  unit: 'rows' | 'bytes',
  { now = () => performance.now(), drawn = io === terminal && process.stderr.isTTY } = {},
): Progress {
  const began = now();
  let last = began;
  let done = 0;
  let first: number | null = null;
  const text = () => textOf(what, { done, total, unit, since: first ?? 0, seconds: (now() - began) / 1000 });
  const draw = () => process.stderr.write(`\r\x1b[K${text()}`);
  return {
    at: next => {
      // What an earlier run did is no sign of how fast this one is.
      first ??= unit === 'rows' && next > 1000 ? next - 1000 : 0;
      done = next;
      if (now() - last < (drawn ? drawnEvery : writtenEvery)) return;
      last = now();
      if (drawn) draw();
      else io.err(text());
    },
    end: () => {
      if (!drawn) return;
      draw();
      process.stderr.write('\n');
    },
  };
}

/** One line: bar, share, amount, rate, and how long it will still take. */
export function textOf(
  what: string,
  {
    done,
    total,
    unit,
    since,
    seconds,
  }: { done: number; total: number; unit: 'rows' | 'bytes'; since: number; seconds: number },
): string {
  const share = total > 0 ? Math.min(1, done / total) : 1;
  const bar = '█'.repeat(Math.round(share * width)).padEnd(width, '░');
  const rate = seconds > 0 ? (done - since) / seconds : 0;
  const [scale, name, digits] = unit === 'bytes' ? ([1e6, 'MB', 1] as const) : ([1, 'rows', 0] as const);
  const amount = (value: number) =>
    (value / scale).toLocaleString('en-GB', { maximumFractionDigits: digits });
  const left = rate > 0 && done < total ? `, ${duration((total - done) / rate)} left` : '';
  return `${what} ${bar} ${Math.floor(share * 100)} %  ${amount(done)} of ${amount(total)} ${name}, ${amount(rate)} a second${left}`;
}

const duration = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
