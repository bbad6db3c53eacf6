export interface Words {
  zh: string;
  en: string;
}

/** Words in both languages as they are typed: English that only repeats the Chinese was never given. */
export const wordsOf = (label: Words | null | undefined): Words => ({
  zh: label?.zh ?? '',
  en: label && label.en !== label.zh ? label.en : '',
});

/** As they are kept: where one language is left out, the other stands for both; nothing when both are. */
export function labelOf({ zh, en }: Words): Words | null {
  const [chinese, english] = [zh.trim(), en.trim()];
  return chinese || english ? { zh: chinese || english, en: english || chinese } : null;
}
