/** The sign before the amount: `¥` for yuan in every language, `US$`, `HK$`, `JP¥`, `€` as Chinese texts write them. */
export function currencySign(currency: string): string {
  if (currency === 'CNY') return '¥';
  const style = { style: 'currency', currency, currencyDisplay: 'symbol' } as const;
  const sign = new Intl.NumberFormat('zh-CN', style)
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value;
  return sign === undefined || sign === currency ? `${currency} ` : sign;
}
