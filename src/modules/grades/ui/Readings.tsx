import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity } from '../../../web/api/types.ts';
import { filterWords } from '../../../web/list/terms.ts';
import { useNames } from '../../../web/list/useNames.ts';
import type { MeasureTerm, ScoreTerm } from '../scheme/definition.shared.ts';
import { useMeasures } from './api.ts';
import { measureWords, sourceWords } from './words.ts';

interface Props {
  entity: MetaEntity;
  readings: { term: unknown; value: unknown; points?: number | null }[];
  /** Each has its points. */
  scored?: boolean;
}

/** What decided: each comparison, or part of a score, with what the customer had. */
export function Readings({ entity, readings, scored = false }: Props) {
  const { t } = useTranslation();
  const { data: measures = [] } = useMeasures();
  const terms = readings.map(({ term }) => term);
  const filters = terms.filter(
    (term): term is Filter =>
      typeof term === 'object' && term !== null && ('field' in term || 'related' in term),
  );
  const names = useNames(entity, { and: filters });
  const words = (term: unknown): string => {
    if (typeof term !== 'object' || term === null) return '—';
    if ('source' in term) return sourceWords(entity, (term as ScoreTerm).source, measures);
    if ('measure' in term) return measureWords((term as MeasureTerm).measure, measures);
    return filterWords(entity, term as Filter, names);
  };
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('grades.what')}</th>
          <th className="num">{t('grades.value')}</th>
          {scored && <th className="num">{t('grades.pointsHead')}</th>}
        </tr>
      </thead>
      <tbody>
        {readings.map((reading, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one decision never change
          <tr key={at}>
            <td>{words(reading.term)}</td>
            <td className="num">{valueWords(reading.value)}</td>
            {scored && <td className="num">{reading.points}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const valueWords = (value: unknown): string =>
  value === null || value === undefined
    ? '—'
    : typeof value === 'number'
      ? value.toLocaleString()
      : String(value);
