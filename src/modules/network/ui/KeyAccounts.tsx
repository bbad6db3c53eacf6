import { Navigate } from '@tanstack/react-router';
import { useMeta } from '../../../web/api/meta.tsx';

/** The customers on whose team one is: the list of customers, filtered. */
export function KeyAccounts() {
  const { me } = useMeta();
  return (
    <Navigate
      to="/r/$plural"
      params={{ plural: 'customers' }}
      search={{ filter: { and: [{ field: 'team', op: 'in', value: [me.id] }] } }}
      replace
    />
  );
}
