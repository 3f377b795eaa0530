const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2}))?$/;

/** True when a CRM that tidies values may have made one of the other: empty and null, 5 and 5.00, a day and its midnight. */
export function sameValue(a: string | null, b: string | null): boolean {
  const [left, right] = [a ?? '', b ?? ''];
  if (left === right) return true;
  if (decimal.test(left) && decimal.test(right)) return Number(left) === Number(right);
  return time.test(left) && time.test(right) && Date.parse(left) === Date.parse(right);
}
