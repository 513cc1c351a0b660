// Local time and time zone of a log line.

export interface LocalTime {
  /** `22:23:40` */
  readonly time: string;
  /** `2026-11-28` */
  readonly date: string;
  /** `UTC+01:00` */
  readonly zone: string;
}

/** @param offsetMinutes east of UTC; default: that of this machine */
export function localTime(instant: number, offsetMinutes: number = -new Date(instant).getTimezoneOffset()): LocalTime {
  const [date = '', time = ''] = new Date(instant + offsetMinutes * 60_000).toISOString().split('T');
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const zone = `UTC${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  return { time: time.slice(0, 8), date, zone };
}
