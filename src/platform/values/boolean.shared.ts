import { done, failed, type Parsed, type Written, writtenText } from './result.shared.ts';
import { toHalfWidth } from './text.shared.ts';

const YES = new Set('是 有 对 真 已 启用 有效 √ ✓ ✔ ☑ ✅ y yes t true 1 on ok'.split(' '));
const NO = new Set('否 无 没有 不是 错 假 未 停用 无效 × ✗ ✘ ☒ ❌ x n no f false 0 off'.split(' '));

/** 是/否, 有/无, √/×, y/n, yes/no, true/false, 1/0. An empty cell is no answer (null), not 否. */
export function parseBoolean(written: Written): Parsed<boolean> {
  if (typeof written !== 'string' && written.kind === 'bool') return done(written.value);
  const text = writtenText(written);
  if (typeof text !== 'string') return text;
  const plain = toHalfWidth(text)
    .toLowerCase()
    .replace(/\ufe0f/g, '');
  if (plain === '') return done<boolean>(null);
  if (YES.has(plain)) return done(true);
  return NO.has(plain) ? done(false) : failed('boolean_unreadable', text);
}
