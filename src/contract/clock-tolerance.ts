// How exactly the target's clock is known: it is measured from `Date` headers, which have whole seconds.

/** What a case adds to a time, or allows around it, because of that. */
export const clockToleranceSeconds = 5;
export const clockToleranceMs = clockToleranceSeconds * 1000;
