import type { ReactNode } from 'react';

export interface FigureRow {
  key: string;
  head: ReactNode;
  cells: readonly { key: string; text: ReactNode; bad?: boolean }[];
}

interface Props {
  /** What the first column holds. */
  corner: string;
  heads: readonly string[];
  rows: readonly FigureRow[];
}

/** Numbers by line; on a phone each line is a card. */
export function FigureTable({ corner, heads, rows }: Props) {
  return (
    <section className="card channel-scroll">
      <table className="plain-table channel-table">
        <thead>
          <tr>
            <th>{corner}</th>
            {heads.map((head) => (
              <th key={head} className="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, at) => (
                <td key={cell.key} data-label={heads[at]} className={cell.bad ? 'num channel-bad' : 'num'}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
