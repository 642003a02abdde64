import type { FileCoverageData } from 'istanbul-lib-coverage';

export declare const COUNTERS: '__replay__';
export declare function instrument(
  source: string,
  file: string,
): { readonly code: string; readonly coverage: FileCoverageData };
