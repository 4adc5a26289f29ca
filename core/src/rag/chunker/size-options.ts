// The options that every chunker with a size in tokens takes.
import { z } from 'zod';

/** `overlap` must be below `size`. */
export const sizeOptions = z
  .strictObject({
    size: z.int().min(1).max(100_000).default(256).describe('longest chunk in tokens'),
    overlap: z.int().min(0).default(0).describe('tokens that neighbours share, at most'),
  })
  .refine(({ size, overlap }) => overlap < size, {
    path: ['overlap'],
    error: 'not below "size"',
  });

/** What {@link sizeOptions} gives. */
export type SizeOptions = z.output<typeof sizeOptions>;
