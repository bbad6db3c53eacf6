import { Marked } from './Marked.tsx';
import type { Hit } from './search.ts';

/** A hit: its name with what matched marked, and where else it matched. */
export function HitLine({ hit }: { hit: Hit }) {
  const title = hit.matched.find((match) => match.text === hit.title);
  const others = hit.matched.filter((match) => match !== title && match.ranges.length > 0);
  return (
    <span className="hit">
      <b>{title ? <Marked text={hit.title} ranges={title.ranges} /> : hit.title}</b>
      {hit.mark && <em className="tag">{hit.mark}</em>}
      <small>
        {others.map((match) => (
          <span key={match.label}>
            {match.label} <Marked text={match.text} ranges={match.ranges} />
          </span>
        ))}
        {hit.subtitle && <span>{hit.subtitle}</span>}
      </small>
    </span>
  );
}
