// The colours of the charts: those of Okabe and Ito (2008), told apart by every kind of colour vision.

const light = [
  '#0072b2',
  '#b86e00',
  '#00805a',
  '#b0487f',
  '#2f8fc4',
  '#c04a00',
  '#6b6b00',
  '#5f6b7a',
] as const;
const dark = [
  '#56b4e9',
  '#e69f00',
  '#2bc99a',
  '#cc79a7',
  '#8fd0f5',
  '#ff8a3d',
  '#f0e442',
  '#a3b3c9',
] as const;

/** The colour of the series at a place; the eight repeat. */
export function colourOf(place: number, isDark: boolean): string {
  const palette = isDark ? dark : light;
  return palette[place % palette.length] ?? palette[0];
}
