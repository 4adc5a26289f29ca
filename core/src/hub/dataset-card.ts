// The front matter of a data set's README: its licence, its configs and the files of each.
import { z } from 'zod';
import { parseYaml } from '../yaml.ts';

/** A subset that the card names. */
export interface CardConfig {
  readonly name: string;
  readonly isDefault: boolean;
  /** Patterns by split; the split is left to the file's name where the card does not tell it. */
  readonly dataFiles: readonly { readonly split: string | undefined; readonly patterns: readonly string[] }[];
}

/** What is read of a card. */
export interface DatasetCard {
  readonly licence: string | undefined;
  readonly configs: readonly CardConfig[];
}

const strings = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const dataFiles = z.union([
  z.string().transform((pattern) => [{ split: undefined, patterns: [pattern] }]),
  z.array(z.string()).transform((patterns) => [{ split: undefined, patterns }]),
  z
    .array(z.object({ split: z.string(), path: strings }))
    .transform((list) => list.map(({ split, path }) => ({ split, patterns: path }))),
]);
const cardSchema = z.object({
  license: strings.optional().catch(undefined),
  configs: z
    .array(
      z.object({
        config_name: z.string(),
        default: z.boolean().optional(),
        data_files: dataFiles.optional(),
        data_dir: z.string().optional(),
      }),
    )
    .optional()
    .catch(undefined),
});

/** A card that cannot be read says nothing: the files' names then do. */
export function readCard(readme: string): DatasetCard {
  const text = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(readme)?.[1];
  if (text === undefined) return { licence: undefined, configs: [] };
  let front: unknown;
  try {
    front = parseYaml(text, 'README.md');
  } catch {
    front = {};
  }
  const card = cardSchema.safeParse(front);
  if (!card.success) return { licence: undefined, configs: [] };
  const configs = (card.data.configs ?? []).map((config) => ({
    name: config.config_name,
    isDefault: config.default ?? false,
    dataFiles:
      config.data_files ??
      (config.data_dir === undefined ? [] : [{ split: undefined, patterns: [`${config.data_dir}/**`] }]),
  }));
  return { licence: card.data.license?.join(', '), configs };
}
