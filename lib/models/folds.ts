const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 (IEEE 802.3) of the UTF-8 bytes of a text, unsigned. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The fold of a key: anyone can recompute it, and it does not depend on the other rows. */
export function foldOf(seed: number, key: string | number, folds: number): number {
  return crc32(`${seed}:${key}`) % folds;
}

/**
 * Deals rows into parts of about equal size and label rate; rows of one group land in one part.
 * Returns the part of each row.
 */
export function dealParts(
  y: Uint8Array,
  parts: number,
  seed: number,
  groups: readonly string[] | null,
): Uint8Array {
  const byKey = new Map<string, { rows: number[]; positive: number; hash: number }>();
  for (let row = 0; row < y.length; row++) {
    const key = groups === null ? String(row) : groups[row]!;
    let entry = byKey.get(key);
    if (entry === undefined)
      byKey.set(key, (entry = { rows: [], positive: 0, hash: crc32(`${seed}/${key}`) }));
    entry.rows.push(row);
    entry.positive += y[row]!;
  }
  const dealt = [...byKey.values()].sort(
    (a, b) =>
      b.positive / b.rows.length - a.positive / a.rows.length || a.hash - b.hash || a.rows[0]! - b.rows[0]!,
  );
  const part = new Uint8Array(y.length);
  const sizes = new Float64Array(parts);
  dealt.forEach(({ rows }, index) => {
    // The next in turn, unless large groups have already filled it.
    let chosen = index % parts;
    for (let other = 0; other < parts; other++)
      if (sizes[other]! + rows.length < sizes[chosen]!) chosen = other;
    sizes[chosen] = sizes[chosen]! + rows.length;
    for (const row of rows) part[row] = chosen;
  });
  return part;
}
