import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** Answers stay fresh for half a minute; live updates say when they are not. Refusals are not tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 2,
    },
  },
});
