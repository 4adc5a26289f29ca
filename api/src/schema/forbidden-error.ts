// Refused for want of permission; apart from the other failures because the builder itself throws it.

/** Whoever asks may not. */
export class ForbiddenError extends Error {
  // Where no union holds it, the answer's `errors` do.
  readonly extensions = { code: 'FORBIDDEN' };

  constructor(message: string) {
    super(message);
    this.name = 'ForbiddenError';
  }
}
