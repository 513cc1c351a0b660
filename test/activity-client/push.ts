// A push message as the client SDK takes it from the platform's push handler: five members, by name.

export interface Push {
  readonly changeType: string;
  readonly baseETag: string;
  readonly newETag: string;
  readonly cV: string | undefined;
  readonly activities: readonly unknown[];
}

/** A text on Windows and on the web, a map on Android, where all values are texts, and on iOS. Undefined: the push is of somebody else. */
export function pushOf(message: unknown): Push | undefined {
  const map: unknown = typeof message === 'string' ? JSON.parse(message) : message;
  if (typeof map !== 'object' || map === null) return undefined;
  const { changeType, baseETag, newETag, cV, activities } = Object.fromEntries(Object.entries(map));
  const list: unknown = typeof activities === 'string' ? JSON.parse(activities) : activities;
  if (typeof changeType !== 'string' || typeof baseETag !== 'string' || typeof newETag !== 'string' || !Array.isArray(list))
    return undefined;
  return { changeType, baseETag, newETag, cV: typeof cV === 'string' ? cV : undefined, activities: list };
}
