/** Words for parts of the day, with the hours they add to a time on a twelve-hour clock. */
const AFTERNOON = /下午|傍晚|晚上|晚间|夜里|pm|p\.m\./i;
const MORNING = /上午|早上|早晨|清晨|凌晨|am|a\.m\./i;
const NOON = /中午/;
const DAY_PART = /下午|傍晚|晚上|晚间|夜里|上午|早上|早晨|清晨|凌晨|中午|[ap]\.?m\.?/i;

const CLOCK = /^(\d{1,2})(?:[:时点](\d{1,2})?)?(?:[:分](\d{1,2})(?:\.\d+)?)?[秒分]?$/;

/**
 * A time of day as people write it → `14:30:00`: `14:30`, `下午2:30`, `2:30 PM`, `14时30分`, `晚上8点半`.
 * `24:00` is no time of its day and is refused.
 * @param text half width already
 */
export function readTimeOfDay(text: string): string | undefined {
  const part = DAY_PART.exec(text)?.[0];
  const rest = text
    .replace(DAY_PART, '')
    .replace(/\s+/g, '')
    .replace(/点半$/, '点30分')
    .replace(/点整$/, '点');
  const match = CLOCK.exec(rest);
  // A bare number is a time only next to a word such as 下午 or PM.
  if (!match || (part === undefined && !/[:时点]/.test(rest))) return undefined;
  let hour = Number(match[1]);
  const [minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (part !== undefined) {
    if (AFTERNOON.test(part) && hour < 12) hour += 12;
    else if (MORNING.test(part) && hour === 12) hour = 0;
    else if (NOON.test(part) && hour < 3) hour += 12;
    else if (MORNING.test(part) && hour > 12) return undefined;
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return [hour, minute, second].map((value) => String(value).padStart(2, '0')).join(':');
}
