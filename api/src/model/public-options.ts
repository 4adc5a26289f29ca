// What of a model's options may be shown: values in which keys travel stay out.

/** Options without the values of headers and without what follows the question mark of an address. */
export function publicOptions(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  return Object.fromEntries(
    Object.entries(options).map(([key, value]) => {
      if (key === 'headers' && typeof value === 'object' && value !== null) return [key, Object.keys(value)];
      return [key, key === 'base_url' && typeof value === 'string' ? publicBaseUrl(value) : value];
    }),
  );
}

/** An address as it may be shown. */
export function publicBaseUrl(address: string): string {
  return address.replace(/\?.*$/s, '?…');
}
