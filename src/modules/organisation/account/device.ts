const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/wxwork/, '企业微信'],
  [/DingTalk/, '钉钉'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/QQBrowser/, 'QQ Browser'],
  [/OPR\//, 'Opera'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];

const firstOf = (list: [RegExp, string][], text: string) => list.find(([pattern]) => pattern.test(text))?.[1];

/** A device as people recognise it, such as "Chrome · Windows", from what its browser says of itself. */
export function deviceName(userAgent: string | null): string {
  const text = userAgent ?? '';
  const parts = [firstOf(BROWSERS, text), firstOf(SYSTEMS, text)].filter((part) => part !== undefined);
  return parts.join(' · ') || text.slice(0, 40) || '?';
}
