import type { ChoiceOption } from '../entity/types.ts';

/** Languages people speak with customers. */
export const SPOKEN: readonly ChoiceOption[] = [
  { value: 'zh', zh: '中文', en: 'Chinese' },
  { value: 'en', zh: '英语', en: 'English' },
  { value: 'ja', zh: '日语', en: 'Japanese' },
  { value: 'ko', zh: '韩语', en: 'Korean' },
  { value: 'de', zh: '德语', en: 'German' },
  { value: 'fr', zh: '法语', en: 'French' },
  { value: 'es', zh: '西班牙语', en: 'Spanish' },
  { value: 'ru', zh: '俄语', en: 'Russian' },
  { value: 'ar', zh: '阿拉伯语', en: 'Arabic' },
];
