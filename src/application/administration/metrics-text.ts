/** One value of a metric. Labels are codes of ours, never data of people. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge: what it is called, what it says, its values now. */
export interface Metric {
  /** `iter_…`, with its unit at the end: `_seconds`, `_rows`. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Media type of the Prometheus text format. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Metrics in the Prometheus text exposition format, version 0.0.4. */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels, value }) => `${name}${labelsText(labels)} ${value}`),
    ])
    .map((text) => `${text}\n`)
    .join('');
}

function labelsText(labels: Sample['labels'] = {}): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) => `${key}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
