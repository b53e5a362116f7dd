const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200] as const;

/** The smallest round step between two labels on a time axis that is at least this long, in seconds. */
export function timeStep(atLeastSeconds: number): number {
  return steps.find((step) => step >= atLeastSeconds) ?? Math.ceil(atLeastSeconds / 3600) * 3600;
}

/** Minutes and seconds, `1:04`, or with hours, `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
