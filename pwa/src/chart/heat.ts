// The colours of a heatmap of shares from 0 to 1: five steps of the accent, with the colour of the number on each.

const light = ['#eef7f6', '#c9e8e4', '#8fcfc7', '#3b9f94', '#0f766e'] as const;
const dark = ['#14263a', '#17424a', '#1b6660', '#23948a', '#2dd4bf'] as const;

/** The steps as the library takes them; the number stays readable on each. */
export function heatColours(isDark: boolean): readonly object[] {
  const colours = isDark ? dark : light;
  const readable = (step: number) =>
    isDark ? (step < 3 ? '#f1f5f9' : '#04201d') : step < 3 ? '#0f172a' : '#ffffff';
  return colours.map((color, step) => ({
    // The library takes both ends in: a hair's breadth parts the steps.
    from: step / 5 + (step === 0 ? 0 : 1e-9),
    to: (step + 1) / 5,
    color,
    foreColor: readable(step),
  }));
}
