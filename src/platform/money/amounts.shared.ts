/** Decimal text added up exactly, without floats: in units of a ten-thousandth. */
const unit = 10_000n;

export function exact(amount: string | null): bigint {
  const match = /^(-?)(\d*)(?:\.(\d{0,4})\d*)?$/.exec((amount ?? '').replace(/,/g, ''));
  if (!match) return 0n;
  const [, sign, whole = '', part = ''] = match;
  const value = BigInt(whole || '0') * unit + BigInt(part.padEnd(4, '0'));
  return sign ? -value : value;
}

export function plain(value: bigint): string {
  const size = value < 0n ? -value : value;
  const part = (size % unit).toString().padStart(4, '0').replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${size / unit}${part ? `.${part}` : ''}`;
}

/** What people type or paste: 1,200.50, ¥1200, and so many ten thousand or hundred million in Chinese. Null where it is no amount. */
export function readAmount(text: string): string | null {
  const bare = text.normalize('NFKC').replace(/[\s,¥\u5143]/g, '');
  if (bare === '') return '';
  const match = /^(\d{1,13}(?:\.\d{1,4})?)(\u4e07|\u4ebf)?$/.exec(bare);
  if (!match) return null;
  const factor = match[2] === '\u4ebf' ? 100_000_000n : match[2] === '\u4e07' ? 10_000n : 1n;
  return plain(exact(match[1] ?? '') * factor);
}
