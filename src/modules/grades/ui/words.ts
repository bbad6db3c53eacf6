import type { MetaEntity } from '../../../web/api/types.ts';
import { say } from '../../../web/i18n/index.ts';
import type { MeasureTerm, ScoreSource } from '../scheme/definition.shared.ts';
import type { Measure } from './api.ts';

/** A measure's name with its days. */
export function measureName(name: string, days: number | undefined, measures: readonly Measure[]): string {
  const measure = measures.find((each) => each.name === name);
  const span = days ?? measure?.days;
  const label = measure?.label ?? name;
  return span ? say('grades.inDays', { days: span, name: label }) : label;
}

const SIGNS: Record<MeasureTerm['measure']['op'], string> = { gte: '≥', gt: '>', lte: '≤', lt: '<', eq: '=' };
export const OPERATORS = Object.entries(SIGNS).map(([value, label]) => ({
  value: value as MeasureTerm['measure']['op'],
  label,
}));

export const measureWords = (
  { name, days, op, value }: MeasureTerm['measure'],
  measures: readonly Measure[],
): string => `${measureName(name, days, measures)} ${SIGNS[op]} ${value.toLocaleString()}`;

/** What a part of a score goes by. */
export function sourceWords(entity: MetaEntity, source: ScoreSource, measures: readonly Measure[]): string {
  if ('measure' in source) return measureName(source.measure, source.days, measures);
  if ('field' in source)
    return entity.fields.find(({ name }) => name === source.field)?.label ?? source.field;
  return 'related' in source ? say('grades.related') : say('grades.condition');
}
