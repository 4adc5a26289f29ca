// What the inspecting process is told and tells.
import type { ColumnStatistics } from './column-statistics.ts';
import type { Inspection, InspectionFault } from './inspection.ts';

/** To the process. */
export type InspectorInput =
  /** Check a file that is being written; its format is told by `format`, a name of the registry. */
  | {
      readonly type: 'follow';
      readonly file: string;
      readonly format: string;
      /** Characters of text that its records may hold together. */
      readonly mostText: number;
    }
  /** The file has so many bytes by now. */
  | { readonly type: 'grown'; readonly bytes: number }
  /** The file is whole. */
  | { readonly type: 'whole'; readonly bytes: number }
  /** Describe the columns of files. */
  | {
      readonly type: 'describe';
      readonly files: readonly string[];
      readonly format: string | undefined;
      readonly field: string | undefined;
      readonly rows: number;
    };

/** From the process. */
export type InspectorOutput =
  /** Still reading. */
  | { readonly type: 'alive'; readonly rows: number }
  | { readonly type: 'inspected'; readonly inspection: Inspection }
  | { readonly type: 'described'; readonly rows: number; readonly columns: readonly ColumnStatistics[] }
  | { readonly type: 'failed'; readonly fault: InspectionFault };
