const PATIENCE_MS = 15_000;

/** Browsers tell the place on pages with HTTPS only. */
export const canLocate = (): boolean => window.isSecureContext && 'geolocation' in navigator;

/** Where the device is; null where it will not tell. */
export const locate = (): Promise<GeolocationCoordinates | null> =>
  new Promise((resolve) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(coords),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
    ),
  );
