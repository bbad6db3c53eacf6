import { escapeHtml, outsidePage } from '../../../platform/http/html.ts';
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

const STYLE = `*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;
color:#22262b;background:#fffefb}main{max-width:560px;margin:0 auto;padding:20px 16px 40px}h1{font-size:20px;margin:0}
h2{font-size:15px;margin:28px 0 8px}p{margin:0}.quiet{color:#5b626b;font-size:14px}ol{list-style:none;margin:0;padding:0}
.way{display:flex;margin:20px 0 0}.way li{flex:1;padding-top:10px;border-top:4px solid #ddd6c8;font-size:14px;color:#5b626b}
.way .done{border-color:#3d7a57;color:#22262b}.rows li{display:flex;gap:12px;justify-content:space-between;padding:10px 0;
border-bottom:1px solid #e6e0d4}.rows b{font-weight:600;overflow-wrap:anywhere}.rows span{white-space:nowrap}`;

/** The page people outside see. */
export const pageOf = (language: Language, title: string, body: string): string =>
  outsidePage(language, title, STYLE, body);

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
    (stop, at) => `<li${at < done ? ' class="done"' : ''}>${escapeHtml(say(`order.track.${stop}`))}</li>`,
  );
  const rows = lines.map(
    ({ name, unit, quantity, delivered }) =>
      `<li><b>${escapeHtml(name)}</b><span>${escapeHtml(
        `${delivered} / ${quantity}${unit ? ` ${unit}` : ''}`,
      )}</span></li>`,
  );
  const sent = deliveries.map(
    (
      each,
    ) => `<li><div><b>${escapeHtml([each.carrier, each.trackingNumber].filter(Boolean).join(' ') || each.number)}</b>
<p class="quiet">${escapeHtml([each.shippedOn, each.receivedOn].filter(Boolean).join(' → '))}</p></div><span>${escapeHtml(each.state)}</span></li>`,
  );
  return pageOf(
    language,
    `${say('order')} ${number}`,
    [
      `<h1>${escapeHtml(`${say('order')} ${number}`)}</h1>`,
      `<p class="quiet">${escapeHtml([seller, ...days].filter(Boolean).join(' · '))}</p>`,
      tracked.status === 'cancelled'
        ? `<h2>${escapeHtml(state)}</h2>`
        : `<ol class="way">${stops.join('')}</ol>`,
      `<h2>${escapeHtml(say('order.track.goods'))}</h2><ol class="rows">${rows.join('')}</ol>`,
      sent.length
        ? `<h2>${escapeHtml(say('order.track.deliveries'))}</h2><ol class="rows">${sent.join('')}</ol>`
        : '',
    ].join('\n'),
  );
}
