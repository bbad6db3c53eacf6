import type { ChoiceOption } from '../../../platform/entity/types.ts';

const unit = (value: string, zh: string, en: string): ChoiceOption => ({ value, zh, en });

/** Units that are offered; a company writes others of its own. */
export const UNITS: readonly ChoiceOption[] = [
  unit('piece', '件', 'piece'),
  unit('set', '套', 'set'),
  unit('device', '台', 'device'),
  unit('box', '箱', 'box'),
  unit('pack', '包', 'pack'),
  unit('roll', '卷', 'roll'),
  unit('metre', '米', 'metre'),
  unit('kilogram', '千克', 'kg'),
  unit('tonne', '吨', 'tonne'),
  unit('hour', '小时', 'hour'),
  unit('day', '天', 'day'),
  unit('year', '年', 'year'),
];
