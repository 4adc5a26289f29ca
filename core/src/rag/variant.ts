// A RAG variant as a suite writes it (contract.md §3, `rag:`).
import { z } from 'zod';
import { chunkers } from './chunker/registry.ts';
import { retrievers } from './retriever/registry.ts';

type Plugins = Readonly<Record<string, { readonly options: z.ZodObject }>>;

/** The options of every plug-in, each together with the plug-in's name. */
type Named<Registry extends Plugins> = {
  [Name in keyof Registry & string]: { name: Name } & z.output<Registry[Name]['options']>;
}[keyof Registry & string];

function named<Registry extends Plugins>(
  registry: Registry,
  more: z.ZodRawShape = {},
): z.ZodType<Named<Registry>> {
  const members = Object.entries(registry).map(([name, plugin]) =>
    plugin.options.safeExtend({ ...more, name: z.literal(name) }),
  );
  const [first, ...rest] = members;
  if (first === undefined) throw new TypeError('an empty registry');
  return z.discriminatedUnion('name', [first, ...rest]) as unknown as z.ZodType<Named<Registry>>;
}

const k = z.int().min(1).max(100).default(3).describe('chunks that a query gets');
const retrieverSchema = named(retrievers, { k }) as z.ZodType<Named<typeof retrievers> & { k: number }>;

/** One entry of `rag:`, with its defaults filled in. `vectra` and other dense retrievers need an embedder; with one, chunk sizes are in its tokens, else in words. */
export const ragVariantSchema = z
  .strictObject({
    name: z.string().min(1).describe('name of the variant in every table'),
    corpus: z.string().min(1).describe('name of a folder under corpora/'),
    chunker: named(chunkers),
    embedder: z
      .union([
        z.string().min(1).describe('name of an embedder, or path of its folder'),
        z.looseObject({ provider: z.string().min(1), name: z.string().min(1).optional() }),
      ])
      .optional(),
    retriever: retrieverSchema,
    prompt: z.string().min(1).optional().describe("name of a prompt, instead of the task's"),
  })
  .superRefine(({ retriever, embedder }, context) => {
    if (retrievers[retriever.name].kind !== 'dense' || embedder !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['embedder'],
      message: `is missing: retriever "${retriever.name}" compares embeddings`,
    });
  });

/** What {@link ragVariantSchema} gives. */
export type RagVariant = z.output<typeof ragVariantSchema>;

/** An embedder as a variant names it. */
export type EmbedderReference = NonNullable<RagVariant['embedder']>;
