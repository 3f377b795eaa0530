'use client';
import { TextField } from '#components/ui/field.tsx';

/** The last day on which it holds, as the person's own calendar has it; '' for lasting. */
export const ExpiryField = ({ value, onValue }: { value: string; onValue: (value: string) => void }) => (
  <TextField
    label="Until"
    type="date"
    value={value}
    onValue={onValue}
    hint="Empty: until somebody forgets it."
  />
);

/** The end of a day as an instant; null for ''. */
export function endOfDay(day: string): string | null {
  const at = new Date(`${day}T23:59:59.999`);
  return day === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The day of an instant on this machine's calendar; '' for null. */
export function dayOf(at: string | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
