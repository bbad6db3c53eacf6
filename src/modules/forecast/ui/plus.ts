/** Amounts as hundredths. */
function hundredths(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const cents = BigInt(`${whole || '0'}${fraction.padEnd(2, '0').slice(0, 2)}`);
  return amount.startsWith('-') ? -cents : cents;
}

/** The sum of amounts, to the cent; what is missing is nothing. */
export function plus(...amounts: (string | null | undefined)[]): string {
  const sum = amounts.reduce((all, one) => all + hundredths(one ?? '0'), 0n);
  const text = String(sum < 0n ? -sum : sum).padStart(3, '0');
  return `${sum < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
