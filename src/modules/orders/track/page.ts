import type { Language } from '../../../platform/i18n/translations.ts';

/** What a customer is told of his order: what and how far, no prices and nobody's name. */
export interface Tracked {
  number: string;
  seller: string | null;
  status: string;
  /** In words. */
  state: string;
  date: string | null;
  deliverBy: string | null;
  lines: readonly { name: string; unit: string | null; quantity: string; delivered: string }[];
  deliveries: readonly {
    number: string;
    state: string;
    shippedOn: string | null;
    receivedOn: string | null;
    carrier: string | null;
    trackingNumber: string | null;
  }[];
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);

const STYLE = `*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;
color:#22262b;background:#fffefb}main{max-width:560px;margin:0 auto;padding:20px 16px 40px}h1{font-size:20px;margin:0}
h2{font-size:15px;margin:28px 0 8px}p{margin:0}.quiet{color:#5b626b;font-size:14px}ol{list-style:none;margin:0;padding:0}
.way{display:flex;margin:20px 0 0}.way li{flex:1;padding-top:10px;border-top:4px solid #ddd6c8;font-size:14px;color:#5b626b}
.way .done{border-color:#3d7a57;color:#22262b}.rows li{display:flex;gap:12px;justify-content:space-between;padding:10px 0;
border-bottom:1px solid #e6e0d4}.rows b{font-weight:600;overflow-wrap:anywhere}.rows span{white-space:nowrap}`;

/** A whole page for people outside: no script, nothing from elsewhere. */
export function pageOf(language: Language, title: string, body: string): string {
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const WAY = ['confirmed', 'shipped', 'arrived'] as const;

/** How many of the stops on the way are behind it. */
function passed({ status, deliveries, lines }: Tracked): number {
  if (status === 'cancelled') return 0;
  const all =
    lines.length > 0 && lines.every(({ quantity, delivered }) => Number(delivered) >= Number(quantity));
  if (all && deliveries.every(({ receivedOn }) => receivedOn)) return 3;
  return deliveries.some(({ shippedOn }) => shippedOn) ? 2 : 1;
}

/** An order as its customer sees it, on his phone first. */
export function trackingPage(language: Language, say: (key: string) => string, tracked: Tracked): string {
  const { number, seller, state, date, deliverBy, lines, deliveries } = tracked;
  const done = passed(tracked);
  const days = [
    date && `${say('order.date')} ${date}`,
    deliverBy && `${say('order.deliverBy')} ${deliverBy}`,
  ].filter(Boolean);
  const stops = WAY.map(
    (stop, at) => `<li${at < done ? ' class="done"' : ''}>${escaped(say(`order.track.${stop}`))}</li>`,
  );
  const rows = lines.map(
    ({ name, unit, quantity, delivered }) =>
      `<li><b>${escaped(name)}</b><span>${escaped(
        `${delivered} / ${quantity}${unit ? ` ${unit}` : ''}`,
      )}</span></li>`,
  );
  const sent = deliveries.map(
    (
      each,
    ) => `<li><div><b>${escaped([each.carrier, each.trackingNumber].filter(Boolean).join(' ') || each.number)}</b>
<p class="quiet">${escaped([each.shippedOn, each.receivedOn].filter(Boolean).join(' → '))}</p></div><span>${escaped(each.state)}</span></li>`,
  );
  return pageOf(
    language,
    `${say('order')} ${number}`,
    [
      `<h1>${escaped(`${say('order')} ${number}`)}</h1>`,
      `<p class="quiet">${escaped([seller, ...days].filter(Boolean).join(' · '))}</p>`,
      tracked.status === 'cancelled'
        ? `<h2>${escaped(state)}</h2>`
        : `<ol class="way">${stops.join('')}</ol>`,
      `<h2>${escaped(say('order.track.goods'))}</h2><ol class="rows">${rows.join('')}</ol>`,
      sent.length
        ? `<h2>${escaped(say('order.track.deliveries'))}</h2><ol class="rows">${sent.join('')}</ol>`
        : '',
    ].join('\n'),
  );
}
